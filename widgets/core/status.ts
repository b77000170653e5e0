/** One polite status region for all controls of a page, so that changes are heard and never shouted. */

import { h } from "./element.ts";
import { sharedSheet } from "./sheets.ts";

let line: HTMLElement | undefined;
let timer = 0;

/** Says a short sentence to assistive technology; the last one within a moment wins. */
export function announce(text: string, lang: string): void {
  if (!line?.isConnected) {
    const host = document.createElement("readable-status");
    const shadow = host.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [sharedSheet(":host{position:fixed!important;width:1px!important;height:1px!important;overflow:hidden!important;clip-path:inset(50%)!important;top:0;left:0}")];
    line = h("div", { role: "status" });
    shadow.append(line);
    document.body.append(host);
  }
  clearTimeout(timer);
  const region = line;
  region.lang = lang;
  region.textContent = "";
  timer = window.setTimeout(() => (region.textContent = text), 150);
}
