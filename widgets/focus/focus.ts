/** A ruler under the line, a mask over the other lines, and sentences or syllables tinted in turn. */

import { listen } from "../article/controls.ts";
import { highlight } from "../article/highlight.ts";
import { located } from "../article/located.ts";
import { sentenceText } from "../article/texts.ts";
import { define, h, ReadableElement, shapeButton, style } from "../core/element.ts";
import { type Preferences, preferences } from "../core/preferences.ts";
import type { Reading } from "../core/reading.ts";
import { W } from "../core/words.ts";
import css from "./focus.css";

/** One press of an arrow key moves the band this far, in CSS pixels. */
const STEP = 24;

class ReadableRuler extends ReadableElement {
  static override css = css;

  readonly #band = h("div.band");
  #place = 0;

  protected override start(): void {
    const grip = h(shapeButton("jump", this.t(W.moveRuler), () => undefined), {
      className: "grip",
      onkeydown: (event: KeyboardEvent) => {
        const by = { ArrowDown: STEP, ArrowUp: -STEP }[event.key];
        if (!by) return;
        event.preventDefault();
        this.#move(this.#place + by);
      },
    });
    this.view.append(h(this.#band, grip));
    this.#move(innerHeight * 0.35);
  }

  protected override join(): (() => void)[] {
    return [listen([window], "pointermove pointerdown", ({ clientY }: PointerEvent) => this.#move(clientY))];
  }

  protected override update({ aid }: Readonly<Preferences>): void {
    this.view.className = `root ${aid}`;
    if (aid === "none") this.remove();
  }

  /** Sets the middle of the band to a height in the window. */
  #move(y: number): void {
    this.#place = Math.max(0, Math.min(innerHeight - STEP, y));
    style(this.#band, "top", `${this.#place - this.#band.offsetHeight / 2}px`);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "readable-ruler": ReadableRuler;
  }
}

define("readable-ruler", ReadableRuler);

const tinted = new WeakSet<Reading>();

function tint(reading: Reading): void {
  tinted.add(reading);
  const { tint: unit } = preferences();
  const ranges: (Range | null)[] = [];
  reading.article.sentences.forEach((_, index) => {
    if (unit === "sentence" && index % 2) ranges.push(located(reading).sentence(index));
    if (unit !== "syllable") return;
    const text = sentenceText(reading.article, index);
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
    document.body.append(h("readable-ruler", { language: reading.language }));
  }
  if (unit !== "none" || tinted.has(reading)) tint(reading);
}
