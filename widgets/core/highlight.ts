/**
 * Marks places in the article without touching it: the CSS Custom Highlight API, and where a browser
 * has none, boxes laid under the text by the overlay module.
 */

import { preferences, onChoice, type Preferences } from "./preferences.ts";
import { highlightStyle } from "./article-style.ts";
import { adopt } from "./sheets.ts";

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
  if (!native) {
    void import("./overlay.ts").then((overlay) => overlay.lay(name, ranges));
    return;
  }
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
