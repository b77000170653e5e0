/** Names of elements that hold on other pages of the same template. */

import { selectorOf } from "../core/find.ts";

/**
 * A selector that should find the same part of the next page of the same template: an id or classes
 * without digits, if they are unique here; else the path.
 */
export function templateSelector(element: Element): string {
  const root = element.getRootNode() as ParentNode;
  const names = [element.id && `#${CSS.escape(element.id)}`, ...[...element.classList].map((each) => `.${CSS.escape(each)}`)];
  for (const name of names) {
    if (name && !/\d/.test(name) && root.querySelectorAll(name).length === 1) return name;
  }
  return selectorOf(element);
}
