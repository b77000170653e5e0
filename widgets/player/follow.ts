/** Shows where the voice is: the sentence, the word, and, if wished, the page scrolled along. */

import { highlight } from "../article/highlight.ts";
import { located } from "../article/located.ts";
import { preferences } from "../core/preferences.ts";
import type { Reading } from "../core/reading.ts";

/** The reader's own scrolling stops the page from following for this long, in milliseconds. */
const REST = 4000;

export class Follower {
  #sentence = -2;
  #word = -1;
  #left = 0;

  readonly #reading: Reading;

  constructor(reading: Reading) {
    this.#reading = reading;
    for (const name of ["wheel", "touchmove", "keydown"]) addEventListener(name, this.#leave, { passive: true });
  }

  readonly #leave = (event: Event) => {
    if (event instanceof KeyboardEvent && !/^(Arrow|Page|Home|End)/.test(event.key)) return;
    this.#left = performance.now();
  };

  /** Marks the sentence, and the word within it (in code points; absent between words). */
  show(sentence: number, start = -1, end = -1): void {
    if (sentence !== this.#sentence) {
      this.#sentence = sentence;
      this.#word = -1;
      const range = sentence === -1 ? this.#title() : located(this.#reading).sentence(sentence);
      highlight("sentence", [range], this.#reading.root);
      highlight("word", [], this.#reading.root);
      // The title is where the reader is: nothing moves for it.
      if (range && sentence >= 0) this.#scroll(range);
    }
    if (start !== this.#word) {
      this.#word = start;
      highlight("word", start < 0 || sentence < 0 ? [] : [located(this.#reading).sentence(sentence, start, end)], this.#reading.root);
    }
  }

  #title(): Range | null {
    const { title } = this.#reading;
    if (!title) return null;
    const range = document.createRange();
    range.selectNodeContents(title);
    return range;
  }

  #scroll(range: Range): void {
    if (!preferences().follow || performance.now() - this.#left < REST) return;
    const box = range.getBoundingClientRect();
    if (!box.height || (box.top > innerHeight * 0.12 && box.bottom < innerHeight * 0.7)) return;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    scrollBy({ top: box.top - innerHeight * 0.25, behavior: still ? "instant" : "smooth" });
  }

  /** Takes the marks away. */
  hide(): void {
    this.show(-2);
  }

  close(): void {
    this.hide();
    for (const name of ["wheel", "touchmove", "keydown"]) removeEventListener(name, this.#leave);
  }
}
