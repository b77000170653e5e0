/** One polite status region for all controls of a page, so that changes are heard and never shouted. */

import { h } from "./element.ts";
import { sharedSheet } from "./sheets.ts";
import css from "./status.css";
import type { Language } from "./words.ts";

const line = h("div", { role: "status" });
let timer = 0;

declare global {
  interface HTMLElementTagNameMap {
    "readable-status": HTMLElement;
  }
}

/** Says a short sentence to assistive technology; the last one within a moment wins. */
export function announce(text: string, lang: Language): void {
  if (!line.isConnected) {
    const host = h("readable-status");
    const shadow = host.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [sharedSheet(css)];
    shadow.append(line);
    document.body.append(host);
  }
  clearTimeout(timer);
  h(line, { lang, textContent: "" });
  timer = setTimeout(() => h(line, text), 150);
}
