/** Shows where the voice is: the sentence, the word, and, if wished, the page scrolled along. */

import { highlight } from "../article/highlight.ts";
import { located } from "../article/located.ts";
import { scrollToBox } from "../article/source.ts";
import { listen } from "../article/controls.ts";
import { preferences } from "../core/preferences.ts";
import type { Reading } from "../core/reading.ts";
import type { Spoken } from "./voice.ts";

/** The reader's own scrolling stops the page from following for this long, in milliseconds. */
const REST = 4000;

export class Follower {
  #sentence = -2;
  #word = -1;
  #left = 0;
  readonly #stop = listen([window], "wheel touchmove keydown", ({ key }: KeyboardEvent) => {
    if (!key || /^(Arrow|Page|Home|End)/.test(key)) this.#left = performance.now();
  });

  readonly #reading: Reading;

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  #mark(name: "sentence" | "word", range?: Range | null): void {
    highlight(name, range ? [range] : [], this.#reading.root);
  }

  /** Marks the sentence, and the word within it (absent between words). */
  show([sentence, start = -1, end]: Spoken): void {
    const place = located(this.#reading);
    if (sentence !== this.#sentence) {
      this.#sentence = sentence;
      this.#word = -1;
      const range = sentence === -1 ? this.#title() : place.sentence(sentence);
      this.#mark("sentence", range);
      this.#mark("word");
      // The title is where the reader is: nothing moves for it.
      if (range && sentence >= 0) this.#scroll(range.getBoundingClientRect());
    }
    if (start !== this.#word) {
      this.#word = start;
      this.#mark("word", start < 0 ? null : place.sentence(sentence, start, end));
    }
  }

  #title(): Range | null {
    const { title } = this.#reading;
    if (!title) return null;
    const range = document.createRange();
    range.selectNodeContents(title);
    return range;
  }

  #scroll(box: DOMRect): void {
    const resting = !preferences().follow || performance.now() - this.#left < REST;
    const inSight = !box.height || (box.top > innerHeight * 0.12 && box.bottom < innerHeight * 0.7);
    if (!resting && !inSight) scrollToBox(box);
  }

  close(): void {
    this.show([-2]);
    this.#stop();
  }
}
