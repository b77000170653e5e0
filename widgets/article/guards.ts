/**
 * What still grows out of its place when text is large: fixed widths, lines that must not break, boxes
 * of fixed height that cut their text. Found by measuring, repaired by rules, never by writing.
 */

import { selectorOf } from "../core/find.ts";
import { MEDIA } from "./article-style.ts";
import { fill } from "./blanks.ts";
import css from "./guards.css";

/** Repairs per round; a page that needs more is not helped by more. */
const MOST = 120;
/** Rounding moves edges and heights by this much, in CSS pixels. */
const SLACK = 4;

const repair = (kind: "reflow" | "linear" | "unclip" | "wrap", selector: string) => fill(css, { [kind]: selector });

/** Rules for the boxes around the article that are wider than the window, down to the tables that lay out old pages. */
export function frame(part: Element): string[] {
  const rules: string[] = [];
  for (let at = part.parentElement; at && at !== document.body; at = at.parentElement) {
    if (at.getBoundingClientRect().right <= document.documentElement.clientWidth + 1) continue;
    const own = selectorOf(at);
    if (at.localName === "table") rules.push(repair("linear", `:is(${own},${own}>*,${own}>*>tr,${own}>*>tr>*)`));
    else if (!at.closest("table") || getComputedStyle(at).display === "block") rules.push(repair("linear", own));
  }
  return rules;
}

/** A box of fixed height that its content does not fit in. */
const clips = (element: Element) => element.clientHeight && element.scrollHeight > element.clientHeight + SLACK;

/** Rules for the elements of the article that overflow now. */
export function guard(parts: readonly Element[], tables: readonly string[]): string[] {
  const rules: string[] = [];
  const scrolls = tables.join() || "none";
  for (const part of parts) {
    const edge = part.getBoundingClientRect();
    const right = Math.min(edge.right, document.documentElement.clientWidth) + 1;
    for (const element of part.querySelectorAll("*")) {
      const box = element.getBoundingClientRect();
      const shown = element.getClientRects().length;
      if (rules.length >= MOST || !shown || element.matches(MEDIA) || element.parentElement!.closest(scrolls)) continue;
      if (box.right > right || box.left < edge.left - 1) {
        rules.push(repair("reflow", selectorOf(element)));
        const holder = element.parentElement!;
        if (getComputedStyle(holder).display.includes("flex")) rules.push(repair("wrap", selectorOf(holder)));
      }
      if (clips(element) && !element.matches(scrolls)) rules.push(repair("unclip", selectorOf(element)));
    }
    if (clips(part)) rules.push(repair("unclip", selectorOf(part)));
  }
  return rules;
}
