/** Text sizes for browsers without `zoom` (Firefox before 126): a font size for every element that holds text. */

import { selectorOf } from "../core/find.ts";

/**
 * Rules that set the text of these parts to `factor` times what it is now; without our own rules on the page.
 * `line` is the reader's line height, which goes before the portal's.
 */
export function fontSizes(parts: readonly Element[], factor: number, line: number): string {
  let rules = "";
  for (const element of parts.flatMap((part) => [part, ...part.querySelectorAll("*")])) {
    if (![...element.childNodes].some((node) => node instanceof Text && node.data.trim())) continue;
    const { fontSize, lineHeight } = getComputedStyle(element);
    const size = parseFloat(fontSize);
    // As a factor: a line height in pixels would let large lines run into each other.
    const height = line || parseFloat(lineHeight) / size;
    rules += `${selectorOf(element)}{font-size:${size * factor}px!important${height ? `;line-height:${height}!important` : ""}}`;
  }
  return rules;
}
