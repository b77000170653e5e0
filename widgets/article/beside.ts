/** Finds what stands beside the article's parts and belongs to them: its date, its author, its source. */

import type { Article } from "../core/contract.ts";
import { common } from "../core/find.ts";
import { CONTROLS } from "./controls.ts";
import { squeeze } from "./texts.ts";

/** A line with a date or a name says little; what says more is something else. */
const LITTLE = 120;

/** Elements between or around the parts, within what holds them all, that tell when and by whom. */
export function beside({ published, byline, source }: Article, parts: readonly Element[]): Element[] {
  const [year, month, day] = (published ?? "").split(/\D/);
  const date = new RegExp(`(?<!\\d)0?${Number(day)}[./-]0?${Number(month)}[./-]${year}(?!\\d)`);
  const names = [byline, source].map((each) => squeeze(each ?? "")).filter((each) => each.length > 3);
  const tells = (element: Element) => {
    if (parts.some((part) => part.contains(element) || element.contains(part))) return false;
    const text = squeeze(element.textContent!);
    return text.length <= LITTLE && (date.test(text) || names.some((name) => text.includes(name)));
  };
  // The whole line: «(08:46 | 15/03/2019)» may stand in a font in a div.
  const found = [...(common(parts)?.querySelectorAll("*") ?? [])].filter(tells);
  return found.filter((each) => !found.includes(each.parentElement!) && !each.querySelector(CONTROLS));
}
