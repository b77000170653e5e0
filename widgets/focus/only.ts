/** "Chỉ hiện bài viết": everything beside the article is hidden by rules, until it is wished back. */

import { common, selectorOf } from "../core/find.ts";
import { onChoice } from "../core/preferences.ts";
import type { Reading } from "../core/reading.ts";
import { adopt } from "../core/sheets.ts";

let stop: (() => void) | undefined;

/** The rules that leave only these parts of the page. */
export function onlyRules(parts: readonly Element[], media = "screen", paper = ""): string {
  const holder = common(parts);
  if (!holder) return "";
  const ours = "readable-toolbar,readable-status,readable-from-here,readable-help,readable-meaning,readable-ruler,readable-paper";
  const rules: string[] = [];
  for (let at = holder === document.body ? null : holder; at && at !== document.body; at = at.parentElement) {
    const holderSelector = at.parentElement === document.body ? "body" : selectorOf(at.parentElement!);
    rules.push(`${holderSelector}>:not(${selectorOf(at)},${ours}){display:none!important}`);
    rules.push(`${selectorOf(at)}{display:block!important;float:none!important;position:static!important;width:auto!important;max-width:none!important;min-width:0!important;margin:0!important;background:none!important;border:0!important}`);
  }
  rules.push(`${selectorOf(holder)}{max-width:880px!important;margin-inline:auto!important;padding:16px!important}`);
  if (paper) rules.push(`html,body{background:${paper}!important}`);
  return `@media ${media}{${rules.join("")}}`;
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
  reading.addEventListener("close", () => onlyArticle(undefined, false), { once: true });
}
