/** Boxes behind the highlighted words, for browsers without the Custom Highlight API (before 2025). */

import { h } from "../core/element.ts";

const layer = h("div", { "aria-hidden": "true" });
const boxes = new Map<string, HTMLElement[]>();
const COLOURS: Record<string, string> = {
  tint: "#0b5d6614", source: "#0b5d6633", sentence: "#ffd54a55", word: "#ff8f0066", term: "transparent",
};

/** Lays boxes over the ranges; they let the pointer through and are blended so that text stays readable. */
export function lay(name: string, ranges: readonly (Range | null)[]): void {
  for (const box of boxes.get(name) ?? []) box.remove();
  if (!layer.isConnected) document.body.append(layer);
  const made: HTMLElement[] = [];
  for (const range of ranges) {
    for (const rect of range?.getClientRects() ?? []) {
      const box = h("div");
      const set = (key: string, value: string) => box.style.setProperty(key, value);
      set("position", "absolute");
      set("pointer-events", "none");
      set("mix-blend-mode", "multiply");
      set("background", COLOURS[name] ?? "transparent");
      if (name === "term") set("border-bottom", "2px dotted #0b5d66");
      set("left", `${rect.left + scrollX}px`);
      set("top", `${rect.top + scrollY}px`);
      set("width", `${rect.width}px`);
      set("height", `${rect.height}px`);
      layer.append(box);
      made.push(box);
    }
  }
  boxes.set(name, made);
}
