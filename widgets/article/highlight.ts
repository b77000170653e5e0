/**
 * Marks places in the article without touching it: the CSS Custom Highlight API, and where a browser
 * has none, boxes laid under the text by the overlay module.
 */

import { onChoice, type Preferences, preferences } from "../core/preferences.ts";
import { adopt } from "../core/sheets.ts";
import { lay } from "./overlay.ts";

/** From the faintest to the strongest; later ones win where they meet. */
const names = ["tint", "term", "source", "sentence", "word"] as const;
export type HighlightName = (typeof names)[number];

const marked = new Map<HighlightName, Highlight>();
const roots = new Set<Document | ShadowRoot>();
let theme: Preferences["theme"] | undefined;

/** Whether the browser can highlight ranges by itself. */
export const native = "highlights" in CSS && typeof Highlight === "function";

function restyle(): void {
  theme = preferences().theme;
  for (const root of roots) adopt(root, "highlight", highlightStyle(theme));
}

onChoice((now) => {
  if (now.theme !== theme && roots.size) restyle();
});

/** Shows these ranges under this name, and no others. */
export function highlight(name: HighlightName, ranges: readonly (Range | null)[], root: Document | ShadowRoot = document): void {
  if (!native) return lay(name, ranges);
  if (!roots.has(root)) {
    roots.add(root);
    restyle();
  }
  let mark = marked.get(name);
  if (!mark) {
    mark = new Highlight();
    mark.priority = names.indexOf(name);
    marked.set(name, mark);
    CSS.highlights.set(`readable-${name}`, mark);
  }
  mark.clear();
  for (const range of ranges) if (range) mark.add(range);
}

/** Colours of each kind of mark, of the letters on them and of lines under them. */
export function palette(theme: Preferences["theme"]) {
  const [sentence, word, source, ink, tint] = {
    page: ["#fff1b8", "#ffd54a", "#cdeef2", "#1a1a1a", "#dff1f3"],
    light: ["#fff1b8", "#ffd54a", "#cdeef2", "#1a1a1a", "#dff1f3"],
    sepia: ["#f3dc9c", "#f0c44c", "#cfe6df", "#33261a", "#eadfc4"],
    dark: ["#4a3f12", "#7a5f00", "#12434a", "#ffffff", "#263238"],
    contrast: ["#3d3d00", "#6b5200", "#003d47", "#ffffff", "#26262b"],
    yellow: ["#3d3d00", "#6b5200", "#003d47", "#ffee32", "#26262b"],
  }[theme];
  const dark = /dark|contrast|yellow/.test(theme);
  return { sentence, word, source, ink, tint, dark, line: dark ? "#ffbf47" : "#0b5d66" };
}

/** Sentence and word while they sound, the place a summary came from, terms, tints: one sheet per theme. */
export function highlightStyle(name: Preferences["theme"]): string {
  const { sentence, word, source, ink, tint, line } = palette(name);
  const rule = (key: string, body: string) => `::highlight(readable-${key}){${body}}`;
  return (
    rule("tint", `background-color:${tint};color:${ink}`) +
    rule("term", `text-decoration:underline dotted ${line} 2px`) +
    rule("source", `background-color:${source};color:${ink}`) +
    rule("sentence", `background-color:${sentence};color:${ink}`) +
    rule("word", `background-color:${word};color:${ink};text-decoration:underline ${ink} 2px`) +
    `@media (forced-colors:active){${rule("sentence", "background-color:Mark;color:MarkText")}` +
    `${rule("source", "background-color:Mark;color:MarkText")}${rule("tint", "background-color:Canvas;color:CanvasText")}` +
    `${rule("word", "background-color:Highlight;color:HighlightText")}}`
  );
}
