/**
 * The controls that portals already have ("Xem với cỡ chữ A A"): found by what they call and say, hidden
 * by a rule, so that ours stand in their place and nothing is there twice.
 */

import { common, selectorOf } from "../core/find.ts";

/** Names of the functions and panels of the size controls that Vietnamese portals use. */
const CALLS = /font-?_?(plus|minus|reset|size|inc|dec|up|down|large|small|big)|zoom-?_?(in|out)?-?_?(letter|text|font|chu)|(size|change|set|scale|crease)-?_?(text|font)|co-?_?chu/i;
const SAYS = /^\s*(xem với )?cỡ chữ\s*:?/i;
/** A control says little: what holds more text than this is no control. */
const LITTLE = 60;

/** An element calls a size function, or says that it is the control. */
const calls = ({ attributes }: Element) =>
  [...attributes].some(({ name, value }) => name !== "style" && (CALLS.test(value) || SAYS.test(value)));

const letters = ({ textContent }: Element) => textContent!.replace(/\s+/g, "").length;
const little = (element: Element) => letters(element) <= LITTLE;
const label = (element: Element) => little(element) && SAYS.test(element.textContent!);

/** The legacy control of this article, or null: the smallest element around all its parts. */
export function legacyControl(article: Element | null, body: Element | null): Element | null {
  const panel = document.querySelector("[id$=pnlWCAG]");
  if (panel) return panel;
  const scope = article ?? document.body;
  const all = [...scope.querySelectorAll("*")].filter((each) => !body?.contains(each) && !each.closest("readable-toolbar,script,link") && little(each));
  const found = [...all.filter(calls), ...all.filter(label)];
  let at = common(found);
  if (!at) return null;
  if (at === scope || !little(at) || at.contains(body)) return found[0]!;
  for (let holder; (holder = at.parentElement!) !== scope && !holder.contains(body) && letters(holder) === letters(at); ) at = holder;
  return at;
}

/** A rule that hides it, and the label beside it that would be left alone. */
export function hiding(control: Element): string {
  const before = control.previousElementSibling;
  return `${selectorOf(control)}${before && label(before) ? `,${selectorOf(before)}` : ""}{display:none!important}`;
}
