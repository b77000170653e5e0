/** Prints the article alone, large if wished, with its summary and a QR code to its audio. */

import type { Summary } from "../core/contract.ts";
import { define, h, ReadableElement } from "../core/element.ts";
import { fetched } from "../core/fetched.ts";
import { selectorOf } from "../core/find.ts";
import type { Reading } from "../core/reading.ts";
import { adopt } from "../core/sheets.ts";
import { say, W } from "../core/words.ts";
import { onlyRules } from "../focus/only.ts";
import css from "./print.css";

/** Large print begins at 18 points; most portals print body text at 12. */
const LARGE = 1.5;

class ReadablePaper extends ReadableElement {
  static override css = css;

  // Paper is printed at once: it waits for no words but its own.
  static override early = true;

  printed!: Node;

  protected override construct(): void {
    this.inner.append(this.printed);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "readable-paper": ReadablePaper;
  }
}

define("readable-paper", ReadablePaper);

/** A sheet that only paper shows. */
const paper = (printed: Node) => h("readable-paper", { printed });

export interface PrintOptions {
  large: boolean;
  summary: boolean;
  code: boolean;
}

/** Opens the browser's print dialog; the page is as before when it closes. */
export async function printArticle(reading: Reading | undefined, { large, summary, code }: PrintOptions): Promise<void> {
  if (!reading) return print();
  const { parts, column, article, language } = reading;
  const added: Element[] = [];
  // Paper does without a summary or a code that does not come.
  const found = summary && (await fetched<Summary>(reading.addressOf("summary")).catch(() => null));
  if (found) {
    const sheet = paper(h("section", { className: large ? "large" : "" },
      h("h2", say(language, W.mainPoints)),
      h("ol", { lang: article.language }, ...found.sentences.map(({ text }) => h("li", text))),
      h("p", say(language, W.machineNote))));
    (column ?? parts[0]!).before(sheet);
    added.push(sheet);
  }
  const picture = h("img", { src: reading.addressOf("qr"), alt: "" });
  if (code && (await picture.decode().then(() => true, () => false))) {
    const sheet = paper(h("div.code", picture, h("div", h("p", say(language, W.scanToListen)), h("p", article.url || location.href))));
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
