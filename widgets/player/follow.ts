/** Shows where the voice is: the sentence, the word, and, if wished, the page scrolled along. */

import { listen } from "../article/controls.ts";
import { highlight } from "../article/highlight.ts";
import { located } from "../article/located.ts";
import { scrollToBox } from "../article/source.ts";
import { preferences } from "../core/preferences.ts";
import type { Reading } from "../core/reading.ts";
import type { Spoken } from "./voice.ts";

/** The reader's own scrolling stops the page from following for this long, in milliseconds. */
const REST = 4000;

export interface Follower {
  /** Marks the sentence, and the word within it (absent between words). */
  show(spoken: Spoken): void;
  close(): void;
}

export function follower(reading: Reading): Follower {
  const { tree } = reading;
  let sentence = -2;
  let word = -1;
  let left = 0;
  const stop = listen([window], "wheel touchmove keydown", ({ key }: KeyboardEvent) => {
    if (!key || /^(Arrow|Page|Home|End)/.test(key)) left = Date.now();
  });

  const scroll = ({ top, bottom }: DOMRect) => {
    const inSight = top > innerHeight * 0.12 && bottom < innerHeight * 0.7;
    if (preferences().follow && Date.now() - left > REST && bottom > top && !inSight) scrollToBox(top);
  };

  const show = ([next, start = -1, end]: Spoken) => {
    const place = located(reading);
    if (next !== sentence) {
      sentence = next;
      word = -1;
      const range = place.sentence(next);
      highlight("sentence", [range], tree);
      highlight("word", [], tree);
      // The title is where the reader is: nothing moves for it.
      if (range && next >= 0) scroll(range.getBoundingClientRect());
    }
    if (start !== word) {
      word = start;
      highlight("word", start < 0 ? [] : [place.sentence(next, start, end)], tree);
    }
  };

  return {
    show,
    close() {
      show([-2]);
      stop();
    },
  };
}
