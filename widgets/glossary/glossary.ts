/** `<readable-glossary>`: abbreviations and terms of the article with their meaning. */

import { section } from "../article/controls.ts";
import { showSource } from "../article/source.ts";
import type { Term } from "../core/contract.ts";
import { define, h, type Hooks, ReadableElement } from "../core/element.ts";
import type { Reading } from "../core/reading.ts";
import { W } from "../core/words.ts";
import css from "./glossary.css";

/** Terms that are seen at once; the others are a press away. */
const SHOWN = 5;

/**
 * Attributes: `article` (address of the article's JSON; or set `reading`, and `terms` for others than the
 * article's), `language`. Tells `readable-source` with `{ sentences }` when a term is looked up in the article.
 */
export class ReadableGlossary extends ReadableElement {
  static override css = css;

  terms: readonly Term[] | undefined;

  protected override construct(): Hooks {
    const entry = (reading: Reading, { text, meaning, sentence }: Term) => {
      const look = () => {
        showSource(reading, [sentence]);
        this.tell("source", { sentences: [sentence] });
      };
      return [h("dt", h("button.word", { lang: "vi", onclick: look }, text)), h("dd", { lang: "vi" }, meaning)];
    };
    return {
      present: (reading) => {
        const terms = this.terms ?? reading.article.terms ?? [];
        const list = (some: readonly Term[]) => h("dl", ...some.flatMap((term) => entry(reading, term)));
        const rest = terms.slice(SHOWN);
        this.inner.replaceChildren(
          section("terms", this.t(W.terms),
            terms.length ? list(terms.slice(0, SHOWN)) : h("p", this.t(W.noTerms)),
            rest.length > 0 && h("details", h("summary", this.t(W.moreTerms, rest.length)), list(rest))),
        );
      },
    };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "readable-glossary": ReadableGlossary;
  }
}

define("readable-glossary", ReadableGlossary);
