/** From a summary or a term, or along with the voice, to a place in the article. */

import type { Reading } from "../core/reading.ts";
import { highlight } from "./highlight.ts";
import { located } from "./located.ts";

/** How long the place in the article stays marked after a jump, in milliseconds. */
const MARKED = 8000;

/** Scrolls so that what begins at this height of the window stands in its upper quarter. */
export function scrollToBox(top: number): void {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  scrollBy({ top: top - innerHeight * 0.25, behavior: still ? "instant" : "smooth" });
}

let fading = 0;

/** Brings a sentence of the article into view and marks it for a while; focus follows on the page. */
export function showSource(reading: Reading, sentences: readonly number[]): void {
  const ranges = sentences.map((each) => located(reading).sentence(each));
  const first = ranges.find(Boolean);
  if (!first) return;
  highlight("source", ranges, reading.tree);
  scrollToBox(first.getBoundingClientRect().top);
  // Of two jumps in a row, the first must not take the second's mark away.
  clearTimeout(fading);
  fading = setTimeout(() => highlight("source", [], reading.tree), MARKED);
}
