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

function calls(element: Element): boolean {
  const said = ["onclick", "href", "ng-click", "data-action", "id", "class", "title", "aria-label"];
  return said.some((name) => CALLS.test(element.getAttribute(name) ?? "") || SAYS.test(element.getAttribute(name) ?? ""));
}

const letters = (element: Element) => (element.textContent ?? "").replace(/\s+/g, "").length;

/** The legacy control of this article, or null: the smallest element around all its parts. */
export function legacyControl(article: Element | null, body: Element | null): Element | null {
  const panel = document.querySelector("#pnlWCAG,[id$=_pnlWCAG]");
  if (panel) return panel;
  const scope = article ?? document.body;
  const found = [...scope.querySelectorAll(HOOKS)].filter(
    (each) => !body?.contains(each) && letters(each) <= LITTLE && !each.closest("readable-toolbar") && calls(each),
  );
  for (const label of scope.querySelectorAll("span,label,p,div,b,strong,td,li,a")) {
    if (!body?.contains(label) && letters(label) <= LITTLE && SAYS.test(label.textContent ?? "")) found.push(label);
  }
  const holder = common(found);
  if (!holder) return null;
  if (letters(holder) > LITTLE || holder.contains(body)) return found[0] ?? null;
  let at = holder;
  while (at.parentElement && at.parentElement !== article && !at.parentElement.contains(body) && letters(at.parentElement) === letters(at) && at.parentElement !== document.body) {
    at = at.parentElement;
  }
  return at;
}

/** A rule that hides it, and the label beside it that would be left alone. */
export function hiding(control: Element): string {
  const label = control.previousElementSibling;
  const also = label && letters(label) <= LITTLE && SAYS.test(label.textContent ?? "") ? `,${selectorOf(label)}` : "";
  return `${selectorOf(control)}${also}{display:none!important}`;
}
