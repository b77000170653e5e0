/** `<readable-summary>`: the main points with their places in the article, key facts, terms. */

import type { Fact, Summary } from "../core/contract.ts";
import { define, h, language, ReadableElement } from "../core/element.ts";
import { icon } from "../core/icons.ts";
import { type Preferences, preferences } from "../core/preferences.ts";
import { type Reading, reading } from "../core/reading.ts";
import { announce } from "../core/status.ts";
import { type Key, say } from "../core/words.ts";
import "../article/icons.ts";
import type { ReadableGlossary } from "../glossary/glossary.ts";
import "../glossary/glossary.ts";
import css from "./summary.css";
import { showSource } from "../article/source.ts";

/** Words of a source sentence in the name of its link. */
const WORDS = 6;

/**
 * Attributes: `article` (address of the article's JSON; or set `reading`), `language`.
 * Tells `readable-source` with `{ sentences }` on a jump and `readable-listen` with `{ sentences }`.
 */
export class ReadableSummary extends ReadableElement {
  reading: Reading | undefined;
  readonly #scaled = h("div", { class: "scaled" });

  constructor() {
    super(css);
  }

  protected start(): void {
    void this.#load();
  }

  protected override update({ size }: Readonly<Preferences>): void {
    // The summary is for reading, so it grows with the article.
    this.#scaled.style.setProperty("zoom", String(size / 100));
  }

  async #load(): Promise<void> {
    const lang = language(this);
    const place = h("div", { class: "summary" }, h("p", {}, say(lang, "loading")));
    this.view.replaceChildren(place);
    try {
      const address = this.getAttribute("article");
      if (!this.reading && address) this.reading = await reading(address, this.getRootNode() as Document | ShadowRoot);
      const answer = await fetch(this.reading!.link("summary"));
      if (!answer.ok) throw answer;
      this.#fill(place, (await answer.json()) as Summary, lang);
    } catch {
      place.replaceChildren(h("p", {}, say(lang, "summaryFailed")));
      announce(say(lang, "summaryFailed"), lang);
    }
  }

  #fill(place: HTMLElement, summary: Summary, lang: string): void {
    const t = (key: Key, n?: string) => say(lang, key, n);
    const article = this.reading!.article;
    const band = summary.readability?.article?.band;
    const sources = summary.sentences.flatMap(({ source, sources: all }) => all ?? [source]);
    const listen = this.reading!.link("audio")
      ? h("button", { type: "button", onclick: () => this.tell("listen", { sentences: sources }) }, icon("play"), t("listenSummary"))
      : null;
    const points = summary.sentences.map((each) =>
      h("li", {},
        h("div", { class: "point", lang: article.language }, each.text),
        this.#jump(each.sources?.length ? each.sources : [each.source], lang),
      ));
    this.#scaled.replaceChildren(
      h("section", { "aria-labelledby": "points" }, h("h2", { id: "points" }, t("mainPoints")), h("p", { class: "quiet" }, t("machineNote")), h("ol", {}, ...points)),
    );
    if (summary.facts?.length) this.#scaled.append(this.#facts(summary.facts, lang));
    place.replaceChildren(this.#scaled);
    if (listen) place.append(h("div", { class: "row" }, listen));
    const terms = summary.terms?.length ? summary.terms : article.terms;
    if (terms?.length) {
      const glossary = document.createElement("readable-glossary") as ReadableGlossary;
      glossary.reading = this.reading;
      glossary.terms = terms;
      place.append(glossary);
    }
    if (band) place.append(h("p", { class: "quiet" }, t("level", t(band))));
    this.update(preferences());
  }

  #jump(sentences: readonly number[], lang: string): HTMLButtonElement {
    const article = this.reading!.article;
    const sentence = article.sentences[sentences[0] ?? -1];
    const text = sentence ? [...article.blocks[sentence.block]!.text].slice(sentence.start, sentence.end).join("") : "";
    const begin = `${text.split(/\s+/).slice(0, WORDS).join(" ")}…`;
    return h("button", {
      type: "button", class: "jump", "aria-label": say(lang, "seeSourceOf", begin),
      onclick: () => {
        showSource(this.reading!, sentences);
        this.tell("source", { sentences });
      },
    }, icon("jump"), say(lang, "seeSource"));
  }

  #facts(facts: readonly Fact[], lang: string): HTMLElement {
    const list = h("dl");
    for (const { label, kind, value } of facts) list.append(h("dt", {}, label ?? kind), h("dd", { lang: this.reading!.article.language }, value));
    return h("section", { "aria-labelledby": "facts" }, h("h2", { id: "facts" }, say(lang, "facts")), list);
  }
}

define("readable-summary", ReadableSummary);
