/** A ruler under the line, a mask over the other lines, and sentences or syllables tinted in turn. */

import { define, h, language, ReadableElement } from "../core/element.ts";
import { highlight } from "../article/highlight.ts";
import { located } from "../article/located.ts";
import { icon } from "../core/icons.ts";
import { type Preferences, preferences } from "../core/preferences.ts";
import type { Reading } from "../core/reading.ts";
import { say } from "../core/words.ts";
import css from "./focus.css";

/** One press of an arrow key moves the band this far, in CSS pixels. */
const STEP = 24;

class ReadableRuler extends ReadableElement {
  readonly #grip = h("button", { type: "button", class: "grip" });
  readonly #band = h("div", { class: "band" });
  #place = 0;
  #stops: (() => void)[] = [];

  constructor() {
    super(css);
  }

  protected start(): void {
    this.#grip.append(icon("jump"));
    this.#grip.setAttribute("aria-label", say(language(this), "moveRuler"));
    this.#grip.addEventListener("keydown", (event) => {
      const by = { ArrowDown: STEP, ArrowUp: -STEP }[event.key];
      if (by === undefined) return;
      event.preventDefault();
      this.#move(this.#place + by);
    });
    this.#band.append(this.#grip);
    this.view.append(this.#band);
    this.#move(innerHeight * 0.35);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const follow = (event: PointerEvent) => this.#move(event.clientY);
    for (const name of ["pointermove", "pointerdown"] as const) {
      addEventListener(name, follow, { passive: true });
      this.#stops.push(() => removeEventListener(name, follow));
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.#stops.splice(0)) stop();
  }

  protected override update({ aid }: Readonly<Preferences>): void {
    this.view.classList.toggle("ruler", aid === "ruler");
    this.view.classList.toggle("mask", aid === "mask");
    if (aid === "none") this.remove();
  }

  /** Sets the middle of the band to a height in the window. */
  #move(y: number): void {
    this.#place = Math.max(0, Math.min(innerHeight - STEP, y));
    this.#band.style.setProperty("top", `${this.#place - this.#band.offsetHeight / 2}px`);
  }
}

define("readable-ruler", ReadableRuler);

const tinted = new WeakSet<Reading>();

function tint(reading: Reading): void {
  tinted.add(reading);
  const { tint: unit } = preferences();
  const ranges: (Range | null)[] = [];
  reading.article.sentences.forEach((sentence, index) => {
    if (unit === "sentence" && index % 2) ranges.push(located(reading).sentence(index));
    if (unit !== "syllable") return;
    const text = [...reading.article.blocks[sentence.block]!.text].slice(sentence.start, sentence.end).join("");
    let count = 0;
    for (const { 0: syllable, index: at } of text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
      const start = [...text.slice(0, at)].length;
      if (count++ % 2) ranges.push(located(reading).sentence(index, start, start + [...syllable].length));
    }
  });
  highlight("tint", ranges, reading.root);
}

/** Brings the ruler and the tints in line with the choices. */
export function aids(reading: Reading): void {
  const { aid, tint: unit } = preferences();
  if (aid !== "none" && !document.querySelector("readable-ruler")) {
    const ruler = document.createElement("readable-ruler");
    ruler.setAttribute("language", reading.language);
    document.body.append(ruler);
  }
  if (unit !== "none" || tinted.has(reading)) tint(reading);
}
