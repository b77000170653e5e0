/** Prints the article alone, large if wished, with its summary and a QR code to its audio. */

import type { Summary } from "../core/contract.ts";
import { define, h, ReadableElement } from "../core/element.ts";
import { selectorOf } from "../core/find.ts";
import type { Reading } from "../core/reading.ts";
import { adopt } from "../core/sheets.ts";
import { say } from "../core/words.ts";
import { onlyRules } from "../focus/only.ts";
import css from "./print.css";

/** Large print begins at 18 points; most portals print body text at 12. */
const LARGE = 1.5;

class ReadablePaper extends ReadableElement {
  constructor() {
    super(css);
  }

  protected start(): void {}

  fill(...children: Node[]): void {
    this.view.replaceChildren(...children);
  }
}

define("readable-paper", ReadablePaper);

export interface PrintOptions {
  large: boolean;
  summary: boolean;
  code: boolean;
  lang: string;
}

function paper(): ReadablePaper {
  return document.createElement("readable-paper") as ReadablePaper;
}

/** Opens the browser's print dialog; the page is as before when it closes. */
export async function printArticle(reading: Reading | undefined, { large, summary, code, lang }: PrintOptions): Promise<void> {
  if (!reading) return print();
  const first = reading.parts[0]!;
  const added: Element[] = [];
  const parts = [...reading.parts];
  const place = (sheet: ReadablePaper, after: boolean) => {
    const at = reading.column ?? (after ? parts.at(-1)! : first);
    if (after) at.after(sheet);
    else at.before(sheet);
    added.push(sheet);
  };
  if (summary && reading.link("summary")) {
    const answer = await fetch(reading.link("summary"));
    if (answer.ok) {
      const { sentences } = (await answer.json()) as Summary;
      const sheet = paper();
      sheet.fill(h("section", { class: large ? "large" : "" },
        h("h2", {}, say(lang, "mainPoints")),
        h("ol", { lang: reading.article.language }, ...sentences.map(({ text }) => h("li", {}, text))),
        h("p", {}, say(lang, "machineNote"))));
      place(sheet, false);
    }
  }
  const picture = h("img", { src: reading.link("qr"), alt: "" });
  // Paper waits for the code, and does without one that does not come.
  if (code && (await picture.decode().then(() => true, () => false))) {
    const sheet = paper();
    sheet.fill(h("div", { class: "code" }, picture, h("div", {}, h("p", {}, say(lang, "scanToListen")), h("p", {}, reading.article.url || location.href))));
    place(sheet, true);
  }
  const scale = large ? `@media print{:is(${parts.map(selectorOf).join(",")}){zoom:${LARGE}}}` : "";
  adopt(document, "print", onlyRules([...parts, ...added], "print") + scale);
  addEventListener("afterprint", () => {
    adopt(document, "print", "");
    for (const sheet of added) sheet.remove();
  }, { once: true });
  print();
}
