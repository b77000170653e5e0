/** Boxes over the highlighted words, for browsers without the Custom Highlight API (Firefox before 140). */

import { h } from "../core/element.ts";
import { preferences } from "../core/preferences.ts";
import { type HighlightName, palette } from "./highlight.ts";

let layer: HTMLElement | undefined;
const laid = new Map<HighlightName, readonly (Range | null)[]>();

/** An empty box where the page has `place`; it lets the pointer through. */
const box = (place: string) => h("div", { "aria-hidden": "true", style: `position:absolute;pointer-events:none;${place}` });

/** Draws all boxes anew, from the layer's own corner: the body may be moved or scroll in itself. */
function draw(): void {
  const colours = palette(preferences().theme);
  const corner = layer!.getBoundingClientRect();
  layer!.replaceChildren();
  for (const [name, ranges] of laid) {
    // Blended, so that the letters keep their contrast: the paper darkens, or lightens where it is dark.
    const look = name === "term" ? `border-bottom:2px dotted ${colours.under}` : `background:${colours[name]};mix-blend-mode:${colours.dark ? "screen" : "multiply"}`;
    for (const { left, top, width, height } of ranges.flatMap((range) => [...(range?.getClientRects() ?? [])])) {
      layer!.append(box(`left:${left - corner.left}px;top:${top - corner.top}px;width:${width}px;height:${height}px;${look}`));
    }
  }
}

/** Lays boxes over the ranges, in place of those of this name. */
export function lay(name: HighlightName, ranges: readonly (Range | null)[]): void {
  laid.set(name, ranges);
  if (!layer?.isConnected) {
    document.body.append((layer = box("top:0;left:0")));
    // What moves the text moves the boxes: sizes, pictures that arrive, the window.
    new ResizeObserver(draw).observe(document.body);
  }
  draw();
}
