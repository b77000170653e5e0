/** `<readable-summary>`: the main points with their places in the article, key facts, terms. */

import "../article/icons.ts";
import { showSource } from "../article/source.ts";
import { beginning, sentenceText } from "../article/texts.ts";
import type { Readability, Summary } from "../core/contract.ts";
import { button, define, h, ReadableElement, style } from "../core/element.ts";
import type { Preferences } from "../core/preferences.ts";
import type { Reading } from "../core/reading.ts";
import { announce } from "../core/status.ts";
import { W } from "../core/words.ts";
import "../glossary/glossary.ts";
import css from "./summary.css";

const bands: Record<Readability["band"], W> = { easy: W.easy, medium: W.medium, hard: W.hard, "very-hard": W.veryHard };

/**
 * Attributes: `article` (address of the article's JSON; or set `reading`), `language`.
 * Tells `readable-source` with `{ sentences }` on a jump and `readable-listen` with `{ sentences }`.
 */
export class ReadableSummary extends ReadableElement {
  static override css = css;

  readonly #place = h("div.summary");
  readonly #scaled = h("div.scaled");

  protected start(): void {
    this.#place.append(h("p", this.t(W.loading)));
    this.view.append(this.#place);
  }

  protected override update({ size }: Readonly<Preferences>): void {
    // The summary is for reading, so it grows with the article.
    style(this.#scaled, "zoom", String(size / 100));
  }

  protected override show(reading: Reading): void {
    fetch(reading.link("summary"))
      .then(async (answer) => {
        if (!answer.ok) throw answer;
        this.#fill(reading, (await answer.json()) as Summary);
      })
      .catch(() => this.miss());
  }

  protected override miss(): void {
    this.#place.replaceChildren(h("p", this.t(W.summaryFailed)));
    announce(this.t(W.summaryFailed), this.tongue);
  }

  #fill(reading: Reading, { sentences, facts, terms, readability }: Summary): void {
    const lang = reading.article.language;
    const sources = sentences.map(({ source, sources: all }) => (all?.length ? all : [source]));
    const section = (id: string, title: W, ...content: Node[]) => h("section", { "aria-labelledby": id }, h("h2", { id }, this.t(title)), ...content);
    const points = sentences.map(({ text }, place) => h("li", h("div.point", { lang }, text), this.#jump(reading, sources[place]!)));
    this.#scaled.replaceChildren(section("points", W.mainPoints, h("p.quiet", this.t(W.machineNote)), h("ol", ...points)));
    if (facts?.length) {
      const list = facts.flatMap(({ label, kind, value }) => [h("dt", label ?? kind), h("dd", { lang }, value)]);
      this.#scaled.append(section("facts", W.facts, h("dl", ...list)));
    }
    this.#place.replaceChildren(this.#scaled);
    if (reading.link("audio")) {
      const listen = () => this.tell("listen", { sentences: sources.flat() });
      this.#place.append(h("div.row", button("play", this.t(W.listenSummary), listen)));
    }
    const words = terms?.length ? terms : reading.article.terms;
    if (words?.length) {
      this.#place.append(h("readable-glossary", { terms: words, reading }));
    }
    const band = readability?.article?.band;
    if (band) this.#place.append(h("p.quiet", this.t(W.level, this.t(bands[band]))));
  }

  #jump(reading: Reading, sentences: readonly number[]): HTMLElement {
    const jump = () => {
      showSource(reading, sentences);
      this.tell("source", { sentences });
    };
    return h(button("jump", this.t(W.seeSource), jump), { className: "jump", "aria-label": this.t(W.seeSourceOf, beginning(sentenceText(reading.article, sentences[0]!))) });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "readable-summary": ReadableSummary;
  }
}

define("readable-summary", ReadableSummary);
