/** Prints the article alone, large if wished, with its summary and a QR code to its audio. */

import type { Summary } from "../core/contract.ts";
import { define, h, ReadableElement } from "../core/element.ts";
import { selectorOf } from "../core/find.ts";
import type { Reading } from "../core/reading.ts";
import { adopt } from "../core/sheets.ts";
import { type Language, say, W } from "../core/words.ts";
import { onlyRules } from "../focus/only.ts";
import css from "./print.css";

/** Large print begins at 18 points; most portals print body text at 12. */
const LARGE = 1.5;

class ReadablePaper extends ReadableElement {
  static override css = css;

  fill(content: Node): this {
    this.view.append(content);
    return this;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "readable-paper": ReadablePaper;
  }
}

define("readable-paper", ReadablePaper);

/** A sheet that only paper shows. */
const paper = (content: Node) => h("readable-paper").fill(content);

export interface PrintOptions {
  large: boolean;
  summary: boolean;
  code: boolean;
  lang: Language;
}

/** Opens the browser's print dialog; the page is as before when it closes. */
export async function printArticle(reading: Reading | undefined, { large, summary, code, lang }: PrintOptions): Promise<void> {
  if (!reading) return print();
  const { parts, column, article } = reading;
  const added: Element[] = [];
  if (summary && reading.link("summary")) {
    const answer = await fetch(reading.link("summary"));
    if (answer.ok) {
      const { sentences } = (await answer.json()) as Summary;
      const sheet = paper(h("section", { className: large ? "large" : "" },
        h("h2", say(lang, W.mainPoints)),
        h("ol", { lang: article.language }, ...sentences.map(({ text }) => h("li", text))),
        h("p", say(lang, W.machineNote))));
      (column ?? parts[0]!).before(sheet);
      added.push(sheet);
    }
  }
  const picture = h("img", { src: reading.link("qr"), alt: "" });
  // Paper waits for the code, and does without one that does not come.
  if (code && (await picture.decode().then(() => true, () => false))) {
    const sheet = paper(h("div.code", picture, h("div", h("p", say(lang, W.scanToListen)), h("p", article.url || location.href))));
    (column ?? parts.at(-1)!).after(sheet);
    added.push(sheet);
  }
  const scale = large ? `@media print{:is(${parts.map(selectorOf).join(",")}){zoom:${LARGE}}}` : "";
  adopt(document, "print", onlyRules([...parts, ...added], "print") + scale);
  addEventListener("afterprint", () => {
    adopt(document, "print", "");
    for (const sheet of added) sheet.remove();
  }, { once: true });
  print();
}
