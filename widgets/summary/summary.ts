/** `<readable-summary>`: the main points with their places in the article, key facts, terms. */

import { section } from "../article/controls.ts";
import "../article/icons.ts";
import { showSource } from "../article/source.ts";
import { beginning, sentenceText } from "../article/texts.ts";
import type { Readability, Summary } from "../core/contract.ts";
import { button, define, h, type Hooks, ReadableElement } from "../core/element.ts";
import { fetched } from "../core/fetched.ts";
import type { Reading } from "../core/reading.ts";
import { announce } from "../core/status.ts";
import { W } from "../core/words.ts";
import "../glossary/glossary.ts";
import css from "./summary.css";

/** In the order of their words in strings.tsv. */
const bands: Readability["band"][] = ["easy", "medium", "hard", "very-hard"];

/**
 * Attributes: `article` (address of the article's JSON; or set `reading`), `language`.
 * Tells `readable-source` with `{ sentences }` on a jump and `readable-listen` with `{ sentences }`.
 */
export class ReadableSummary extends ReadableElement {
  static override css = css;

  protected override construct(): Hooks {
    const { t } = this;
    const scaled = h("div.scaled");
    const place = h("div.summary", h("p", t(W.loading)));
    this.inner.append(place);

    const jump = (reading: Reading, sentences: readonly number[]) => {
      const look = () => {
        showSource(reading, sentences);
        this.tell("source", { sentences });
      };
      const begin = beginning(sentenceText(reading.article, sentences[0]!));
      const words = t(W.seeSource);
      return h(button("jump", words, look), { className: "jump", "aria-label": `${words}: ${begin}` });
    };

    const fill = (reading: Reading, { sentences, facts, terms, readability }: Summary) => {
      const lang = reading.article.language;
      const sources = sentences.map(({ source, sources: all }) => (all?.length ? all : [source]));
      const points = sentences.map(({ text }, at) => h("li", h("div.point", { lang }, text), jump(reading, sources[at]!)));
      const words = terms?.length ? terms : reading.article.terms;
      const band = readability?.article?.band;
      const listen = () => this.tell("listen", { sentences: sources.flat() });
      scaled.replaceChildren(section("points", t(W.mainPoints), h("p.quiet", t(W.machineNote)), h("ol", ...points)));
      if (facts?.length) {
        const list = facts.flatMap(({ label, kind, value }) => [h("dt", label ?? kind), h("dd", { lang }, value)]);
        scaled.append(section("facts", t(W.facts), h("dl", ...list)));
      }
      place.replaceChildren();
      h(
        place,
        scaled,
        reading.addressOf("audio") && h("div.row", button("play", t(W.listenSummary), listen)),
        words?.length && h("readable-glossary", { terms: words, reading }),
        band && h("p.quiet", t(W.level, t(W.easy + bands.indexOf(band)))),
      );
    };

    const miss = () => {
      place.replaceChildren(h("p", t(W.summaryFailed)));
      announce(t(W.summaryFailed), this.tongue);
    };

    return {
      miss,
      present(reading) {
        fetched<Summary>(reading.addressOf("summary")).then((summary) => fill(reading, summary)).catch(miss);
      },
      adapt({ size }) {
        // The summary is for reading, so it grows with the article.
        scaled.style.zoom = String(size / 100);
      },
    };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "readable-summary": ReadableSummary;
  }
}

define("readable-summary", ReadableSummary);
