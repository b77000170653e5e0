/** A ruler under the line, a mask over the other lines, and sentences or syllables tinted in turn. */

import { listen } from "../article/controls.ts";
import { highlight } from "../article/highlight.ts";
import { located } from "../article/located.ts";
import { sentenceText } from "../article/texts.ts";
import { define, h, type Hooks, ReadableElement } from "../core/element.ts";
import { icon } from "../core/icons.ts";
import { preferences } from "../core/preferences.ts";
import type { Reading } from "../core/reading.ts";
import { W } from "../core/words.ts";
import css from "./focus.css";

/** One press of an arrow key moves the band this far, in CSS pixels. */
const STEP = 24;
const SYLLABLE = /[\p{L}\p{M}\p{N}]+/gu;

class ReadableRuler extends ReadableElement {
  static override css = css;

  protected override construct(): Hooks {
    let middle = 0;
    /** Sets the middle of the band to a height in the window. */
    const move = (y: number) => {
      middle = Math.max(0, Math.min(innerHeight - STEP, y));
      band.style.top = `${middle - band.offsetHeight / 2}px`;
    };
    const key = (event: KeyboardEvent) => {
      const by = { ArrowDown: STEP, ArrowUp: -STEP }[event.key];
      if (!by) return;
      event.preventDefault();
      move(middle + by);
    };
    const band = h("div.band", h("button.grip", { "aria-label": this.t(W.moveRuler), onkeydown: key }, icon("jump")));
    this.inner.append(band);
    move(innerHeight * 0.35);
    return {
      join: () => [listen([window], "pointermove pointerdown", ({ clientY }: PointerEvent) => move(clientY))],
      adapt: ({ aid }) => {
        this.inner.className = `root ${aid}`;
        if (aid === "none") this.remove();
      },
    };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "readable-ruler": ReadableRuler;
  }
}

define("readable-ruler", ReadableRuler);

/** What is tinted in turn, by the choice of now. */
function tinted(reading: Reading): (Range | null)[] {
  const { tint } = preferences();
  const place = located(reading);
  return reading.article.sentences.flatMap((_, index) => {
    if (tint === "sentence") return index % 2 ? place.sentence(index) : [];
    const text = sentenceText(reading.article, index);
    return [...text.matchAll(SYLLABLE)].map(({ 0: syllable, index: at }, count) => {
      const start = [...text.slice(0, at)].length;
      return count % 2 ? place.sentence(index, start, start + [...syllable].length) : null;
    });
  });
}

/** Returns what brings the ruler and the tints in line with the choices. */
export function aids(reading: Reading): () => void {
  let was = "none";
  return () => {
    const { aid, tint } = preferences();
    if (aid !== "none" && !document.querySelector("readable-ruler")) {
      document.body.append(h("readable-ruler", { language: reading.language }));
    }
    if (tint !== was) highlight("tint", tint === "none" ? [] : tinted(reading), reading.tree);
    was = tint;
  };
}
