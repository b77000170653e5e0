/** Finds what stands beside the article's parts and belongs to them: its date, its author, its source. */

import type { Article } from "../core/contract.ts";
import { common } from "../core/find.ts";
import { squeeze } from "./texts.ts";

/** A line with a date or a name says little; what says more is something else. */
const LITTLE = 120;

const letters = (element: Element) => squeeze(element.textContent ?? "").length;

/** Elements between or around the parts, within what holds them all, that tell when and by whom. */
export function beside(article: Article, parts: readonly Element[]): Element[] {
  const holder = common(parts);
  const [year, month, day] = (article.published ?? "").split(/\D/).map(Number);
  const names = [article.byline, article.source].map((each) => squeeze(each ?? "")).filter((each) => each.length > 3);
  const date = year && month && day ? new RegExp(`(?<!\\d)0?${day}[./-]0?${month}[./-]${year}(?!\\d)`) : undefined;
  if (!holder || !(date || names.length)) return [];
  const apart = (element: Element) => !parts.some((part) => part.contains(element) || element.contains(part));
  const found = new Set<Element>();
  const walker = document.createTreeWalker(holder, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = squeeze((node as Text).data);
    let at = node.parentElement;
    if (!at || text.length > LITTLE || !apart(at) || !(date?.test(text) || names.some((name) => text.includes(name)))) continue;
    // The whole line: «(08:46 | 15/03/2019)» may stand in a font in a div.
    while (at.parentElement && at.parentElement !== holder && apart(at.parentElement) && letters(at.parentElement) <= LITTLE) at = at.parentElement;
    found.add(at);
  }
  return [...found].filter((each) => !each.querySelector("a[href],button,input,select,script"));
}
