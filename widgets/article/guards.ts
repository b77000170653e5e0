/**
 * What still grows out of its place when text is large: fixed widths, lines that must not break, boxes
 * of fixed height that cut their text. Found by measuring, repaired by rules, never by writing.
 */

import { selectorOf } from "../core/find.ts";
import { MEDIA } from "./article-style.ts";

/** Rules per round; a page that needs more is not helped by more. */
const MOST = 120;
const REFLOW =
  "{white-space:normal!important;width:auto!important;min-width:0!important;max-width:100%!important;" +
  "margin-inline:0!important;padding-inline:0!important;text-indent:0!important;float:none!important;position:static!important;flex:0 1 auto!important;flex-wrap:wrap!important}";
const LINEAR = "{display:block!important;width:auto!important;max-width:100vw!important;min-width:0!important}";
const UNCLIP = "{height:auto!important;max-height:none!important}";

/** Rules for the boxes around the article that are wider than the window, down to the tables that lay out old pages. */
export function frame(part: Element): string {
  const rules: string[] = [];
  const window = document.documentElement.clientWidth;
  for (let at = part.parentElement; at && at !== document.body; at = at.parentElement) {
    if (at.getBoundingClientRect().right <= window + 1) continue;
    const own = selectorOf(at);
    if (at.localName === "table") rules.push(`:is(${own},${own}>*,${own}>*>tr,${own}>*>tr>*)${LINEAR}`);
    else if (!at.closest("table") || getComputedStyle(at).display === "block") rules.push(own + LINEAR);
  }
  return rules.join("");
}

/** Rules for the elements of the article that overflow now, or "". */
export function guard(parts: readonly Element[], tables: readonly string[]): string {
  const rules: string[] = [];
  const scrolls = tables.length ? tables.join(",") : "not-a-table";
  for (const part of parts) {
    const edge = part.getBoundingClientRect();
    const right = Math.min(edge.right, document.documentElement.clientWidth) + 1;
    for (const element of part.querySelectorAll<HTMLElement>("*")) {
      if (rules.length >= MOST) break;
      if (element.matches(MEDIA) || element.parentElement?.closest(scrolls)) continue;
      const box = element.getBoundingClientRect();
      if (!element.getClientRects().length) continue;
      if (box.right > right || box.left < edge.left - 1) {
        rules.push(selectorOf(element) + REFLOW);
        const holder = element.parentElement!;
        if (getComputedStyle(holder).display.includes("flex")) rules.push(`${selectorOf(holder)}{flex-wrap:wrap!important}`);
      }
      if (element.scrollHeight > element.clientHeight + 4 && element.clientHeight && !element.matches(scrolls)) {
        rules.push(selectorOf(element) + UNCLIP);
      }
    }
    if ((part as HTMLElement).scrollHeight > part.clientHeight + 4 && part.clientHeight) rules.push(selectorOf(part) + UNCLIP);
  }
  return rules.join("");
}
