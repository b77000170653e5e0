/** "Chỉ hiện bài viết": everything beside the article is hidden by rules, until it is wished back. */

import { fill } from "../article/blanks.ts";
import { common, selectorOf } from "../core/find.ts";
import { onChoice } from "../core/preferences.ts";
import type { Reading } from "../core/reading.ts";
import { adopt } from "../core/sheets.ts";
import css from "./only.css";

let stop: (() => void) | undefined;

/** The rules that leave only these parts of the page. */
export function onlyRules(parts: readonly Element[], media = "screen", paper = ""): string {
  const column = common(parts);
  if (!column) return "";
  let rules = "";
  for (let at = column; at !== document.body && at.parentElement; at = at.parentElement) {
    rules += fill(css, { holder: selectorOf(at.parentElement), way: selectorOf(at) });
  }
  return `@media ${media}{${rules}${fill(css, { middle: selectorOf(column), paper })}}`;
}

/** Switches it on or off for this page; it is not remembered, so no one is left without a way around. */
export function onlyArticle(reading: Reading | undefined, on: boolean): void {
  stop?.();
  stop = undefined;
  if (!on || !reading) return adopt(document, "only", "");
  const lay = () => {
    // The page takes the article's paper, whatever the theme.
    const parts = reading.column ? [reading.column] : reading.parts;
    const { backgroundColor } = getComputedStyle(parts[0]!);
    adopt(document, "only", onlyRules(parts, "screen", backgroundColor === "rgba(0, 0, 0, 0)" ? "" : backgroundColor));
  };
  lay();
  stop = onChoice(() => setTimeout(lay));
  reading.ends.push(() => onlyArticle(undefined, false));
}
