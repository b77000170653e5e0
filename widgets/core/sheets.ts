/**
 * Style sheets that are adopted, never written into the page: no inline style, no style element, so a
 * strict policy (`style-src 'self'`) allows them and the article's DOM is left alone.
 */

import texts from "sheets";

/** What has its own style sheets and ids. */
export type Tree = Document | ShadowRoot;

const byKey = new WeakMap<Tree, Record<string, CSSStyleSheet>>();

/** Sets the text of one of our sheets on a tree; an empty text takes its rules away. */
export function adopt(root: Tree, key: string, text: string): void {
  const sheets = byKey.get(root) ?? {};
  byKey.set(root, sheets);
  const sheet = (sheets[key] ??= new CSSStyleSheet());
  sheet.replaceSync(text);
  if (text && !root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
}

const shared: CSSStyleSheet[] = [];

/** One of our style sheets, the same for every shadow root. */
export function sharedSheet(place: number): CSSStyleSheet {
  if (!shared[place]) (shared[place] = new CSSStyleSheet()).replaceSync(texts[place]!);
  return shared[place]!;
}
