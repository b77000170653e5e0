/** `<readable-glossary>`: abbreviations and terms of the article with their meaning. */

import type { Term } from "../core/contract.ts";
import { define, h, language, ReadableElement } from "../core/element.ts";
import { type Reading, reading } from "../core/reading.ts";
import { say } from "../core/words.ts";
import { showSource } from "../article/source.ts";
import css from "./glossary.css";

/** Terms that are seen at once; the others are a press away. */
const SHOWN = 5;

/**
 * Attributes: `article` (address of the article's JSON; or set `reading` and `terms`), `language`.
 * Tells `readable-source` with `{ sentences }` when a term is looked up in the article.
 */
export class ReadableGlossary extends ReadableElement {
  reading: Reading | undefined;
  terms: readonly Term[] | undefined;

  constructor() {
    super(css);
  }

  protected start(): void {
    const address = this.getAttribute("article");
    if (!this.reading && address) {
      void reading(address, this.getRootNode() as Document | ShadowRoot).then((found) => {
        this.reading = found;
        this.#fill();
      });
    }
    this.#fill();
  }

  #fill(): void {
    const lang = language(this);
    const terms = this.terms ?? this.reading?.article.terms;
    if (!terms) return;
    const lists = [h("dl"), h("dl")] as const;
    terms.forEach((term, place) => {
      const look = () => {
        showSource(this.reading!, [term.sentence]);
        this.tell("source", { sentences: [term.sentence] });
      };
      lists[place < SHOWN ? 0 : 1].append(
        h("div", {},
          h("dt", {}, this.reading ? h("button", { type: "button", class: "word", lang: "vi", onclick: look }, term.text) : term.text),
          h("dd", { lang: "vi" }, term.meaning),
        ),
      );
    });
    const rest = terms.length - SHOWN;
    this.view.replaceChildren(
      h("section", { "aria-labelledby": "terms" },
        h("h2", { id: "terms" }, say(lang, "terms")),
        terms.length ? lists[0] : h("p", {}, say(lang, "noTerms")),
        rest > 0 && h("details", {}, h("summary", {}, say(lang, "moreTerms", rest)), lists[1])),
    );
  }
}

define("readable-glossary", ReadableGlossary);
