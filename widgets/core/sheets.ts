/**
 * Style sheets that are adopted, never written into the page: no inline style, no style element, so a
 * strict policy (`style-src 'self'`) allows them and the article's DOM is left alone.
 */

const byKey = new WeakMap<Document | ShadowRoot, Map<string, CSSStyleSheet>>();

/** Sets the text of one of our sheets on a tree; an empty text takes its rules away. */
export function adopt(root: Document | ShadowRoot, key: string, text: string): void {
  let sheets = byKey.get(root);
  if (!sheets) byKey.set(root, (sheets = new Map()));
  let sheet = sheets.get(key);
  if (!sheet) {
    if (!text) return;
    sheet = new CSSStyleSheet();
    sheets.set(key, sheet);
  }
  sheet.replaceSync(text);
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}

const shared = new Map<string, CSSStyleSheet>();

/** One sheet for every shadow root that uses the same text. */
export function sharedSheet(text: string): CSSStyleSheet {
  let sheet = shared.get(text);
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    shared.set(text, sheet);
  }
  return sheet;
}
