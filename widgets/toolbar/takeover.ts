/**
 * The controls that portals already have ("Xem với cỡ chữ A A"): found by what they call and say, hidden
 * by a rule, so that ours stand in their place and nothing is there twice.
 */

import { common, selectorOf } from "../core/find.ts";

/** Names of the functions and panels of the size controls that Vietnamese portals use. */
const CALLS = /font-?_?(plus|minus|reset|size|inc|dec|up|down|large|small|big)|zoom-?_?(in|out)?-?_?(letter|text|font|chu)|(in|de)crease-?_?(font|text)|(resize|change|set|scale)-?_?(text|font)|(tang|giam)-?_?co-?_?chu|co-?_?chu/i;
const SAYS = /^\s*(xem với )?cỡ chữ\s*:?/i;
const HOOKS = "[onclick],[href^='javascript:'],[href^='#'],button,input[type=button],i,img,[class],[id]";
/** A control says little: what holds more text than this is no control. */
const LITTLE = 60;

const ATTRIBUTES = ["onclick", "href", "ng-click", "data-action", "id", "class", "title", "aria-label"];

/** An element calls a size function, or says that it is the control. */
function calls(element: Element): boolean {
  return ATTRIBUTES.some((name) => {
    const said = element.getAttribute(name) ?? "";
    return CALLS.test(said) || SAYS.test(said);
  });
}

const letters = ({ textContent }: Element) => textContent!.replace(/\s+/g, "").length;
const little = (element: Element) => letters(element) <= LITTLE;
const label = (element: Element) => little(element) && SAYS.test(element.textContent!);

/** The legacy control of this article, or null: the smallest element around all its parts. */
export function legacyControl(article: Element | null, body: Element | null): Element | null {
  const panel = document.querySelector("#pnlWCAG,[id$=_pnlWCAG]");
  if (panel) return panel;
  const among = (selector: string) => [...(article ?? document.body).querySelectorAll(selector)].filter((each) => !body?.contains(each));
  const found = [
    ...among(HOOKS).filter((each) => little(each) && !each.closest("readable-toolbar") && calls(each)),
    ...among("span,label,p,div,b,strong,td,li,a").filter(label),
  ];
  let at = common(found);
  if (!at) return null;
  if (!little(at) || at.contains(body)) return found[0]!;
  for (let holder; (holder = at.parentElement) && holder !== article && holder !== document.body && !holder.contains(body) && letters(holder) === letters(at); ) at = holder;
  return at;
}

/** A rule that hides it, and the label beside it that would be left alone. */
export function hiding(control: Element): string {
  const before = control.previousElementSibling;
  return `${selectorOf(control)}${before && label(before) ? `,${selectorOf(before)}` : ""}{display:none!important}`;
}
