/**
 * Marks places in the article without touching it: the CSS Custom Highlight API, and where a browser
 * has none, boxes laid over the text by the overlay module.
 */

import { onChoice, type Preferences, preferences } from "../core/preferences.ts";
import { adopt } from "../core/sheets.ts";
import { fill } from "./blanks.ts";
import css from "./highlight.css";
import { lay } from "./overlay.ts";

/** From the faintest to the strongest; later ones win where they meet. */
const names = ["tint", "term", "source", "sentence", "word"] as const;
export type HighlightName = (typeof names)[number];

const roots = new Set<Document | ShadowRoot>();

/** Colours of each kind of mark, of the letters on them and of lines under them. */
export function palette(theme: Preferences["theme"]) {
  const light = ["#fff1b8", "#ffd54a", "#cdeef2", "#dff1f3", "#1a1a1a"];
  const black = ["#3d3d00", "#6b5200", "#003d47", "#26262b"];
  const [sentence, word, source, tint, letters] = {
    page: light,
    light,
    sepia: ["#f3dc9c", "#f0c44c", "#cfe6df", "#eadfc4", "#33261a"],
    dark: ["#4a3f12", "#7a5f00", "#12434a", "#263238", "#fff"],
    contrast: [...black, "#fff"],
    yellow: [...black, "#ffee32"],
  }[theme];
  // Light letters stand on dark paper.
  const dark = letters! > "#8";
  return { sentence, word, source, tint, letters, dark, under: dark ? "#ffbf47" : "#0b5d66" };
}

/** One sheet for sentence and word while they sound, the place a summary came from, terms, tints. */
function restyle(): void {
  for (const root of roots) adopt(root, "highlight", fill(css, palette(preferences().theme)));
}

onChoice(restyle);

/** Shows these ranges under this name, and no others. */
export function highlight(name: HighlightName, ranges: readonly (Range | null)[], root: Document | ShadowRoot = document): void {
  if (!("highlights" in CSS)) return lay(name, ranges);
  if (!roots.has(root)) {
    roots.add(root);
    restyle();
  }
  const key = `readable-${name}`;
  const mark = CSS.highlights.get(key) ?? new Highlight();
  mark.priority = names.indexOf(name);
  mark.clear();
  for (const range of ranges) if (range) mark.add(range);
  CSS.highlights.set(key, mark);
}
