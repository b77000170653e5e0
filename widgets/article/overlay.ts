/** Boxes over the highlighted words, for browsers without the Custom Highlight API (Firefox before 140). */

import { h } from "../core/element.ts";
import { preferences } from "../core/preferences.ts";
import type { HighlightName, palette } from "./highlight.ts";

const layer = h("div", { "aria-hidden": "true" });
layer.style.cssText = "position:absolute;top:0;left:0;pointer-events:none";
const laid = new Map<HighlightName, readonly (Range | null)[]>();

/** Draws all boxes anew, from the layer's own corner: the body may be moved or scroll in itself. */
function draw(coloursOf: typeof palette): void {
  const colours = coloursOf(preferences().theme);
  const corner = layer.getBoundingClientRect();
  layer.replaceChildren();
  for (const [name, ranges] of laid) {
    for (const { left, top, width, height } of ranges.flatMap((range) => [...(range?.getClientRects() ?? [])])) {
      const box = h("div");
      // Blended, so that the letters keep their contrast: the paper darkens, or lightens where it is dark.
      box.style.cssText =
        `position:absolute;left:${left - corner.left}px;top:${top - corner.top}px;width:${width}px;height:${height}px;` +
        (name === "term" ? `border-bottom:2px dotted ${colours.line}` : `background:${colours[name]};mix-blend-mode:${colours.dark ? "screen" : "multiply"}`);
      layer.append(box);
    }
  }
}

/** Lays boxes over the ranges, in place of those of this name; they let the pointer through. */
export function lay(name: HighlightName, ranges: readonly (Range | null)[], coloursOf: typeof palette): void {
  laid.set(name, ranges);
  if (!layer.isConnected) {
    document.body.append(layer);
    // What moves the text moves the boxes: sizes, pictures that arrive, the window.
    new ResizeObserver(() => draw(coloursOf)).observe(document.body);
  }
  draw(coloursOf);
}
