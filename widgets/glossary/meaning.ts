/**
 * In the article: abbreviations and terms are underlined with dots, and a tap on one shows its meaning.
 * The article's DOM is not touched and no click is taken from it; by keyboard the glossary has them all.
 */

import { listen } from "../article/controls.ts";
import { highlight } from "../article/highlight.ts";
import { located } from "../article/located.ts";
import type { Term } from "../core/contract.ts";
import { define, h, language, ReadableElement, shapeButton, style } from "../core/element.ts";
import { preferences } from "../core/preferences.ts";
import type { Reading } from "../core/reading.ts";
import { W, withWords } from "../core/words.ts";
import css from "./meaning.css";

/** The box keeps this far from the window's edges, in CSS pixels. */
const EDGE = 12;

class ReadableMeaning extends ReadableElement {
  static override css = css;

  readonly #word = h("strong", { id: "word", lang: "vi" });
  readonly #meaning = h("p", { lang: "vi" });
  // A popover: Esc and a tap elsewhere close it, and the focus goes back to where it was.
  readonly #box = h("div.meaning", {
    popover: "auto", role: "dialog", "aria-labelledby": "word", tabIndex: -1,
    onkeydown: ({ key }: KeyboardEvent) => key === "Escape" && this.#close(),
  });

  protected override start(): void {
    this.view.append(h(this.#box, h("div.head", this.#word, shapeButton("close", this.t(W.close), () => this.#close())), this.#meaning));
  }

  /** Hidden by hand, too: browsers of before 2024 know no popover and show a plain box. */
  #close(): void {
    this.#box.hidePopover?.();
    this.#box.hidden = true;
  }

  explain({ text, meaning }: Term, at: DOMRect): void {
    this.#word.textContent = text;
    this.#meaning.textContent = meaning;
    this.#box.hidden = false;
    this.#box.togglePopover?.(true);
    const { offsetWidth, offsetHeight } = this.#box;
    const below = at.bottom + 8;
    const top = below + offsetHeight < innerHeight ? below : at.top - offsetHeight - 8;
    style(this.#box, "left", `${Math.max(EDGE, Math.min(at.left, innerWidth - offsetWidth - EDGE))}px`);
    style(this.#box, "top", `${Math.max(EDGE, top)}px`);
    this.#box.focus({ preventScroll: true });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "readable-meaning": ReadableMeaning;
  }
}

define("readable-meaning", ReadableMeaning);

const explained = new WeakSet<Reading>();

/** The term under a point of the window. */
function under(reading: Reading, x: number, y: number): [Term, DOMRect] | undefined {
  for (const term of reading.article.terms ?? []) {
    for (const box of located(reading).sentence(term.sentence, term.start, term.end)?.getClientRects() ?? []) {
      if (x >= box.left - 4 && x <= box.right + 4 && y >= box.top - 4 && y <= box.bottom + 4) return [term, box];
    }
  }
  return undefined;
}

/** Underlines the terms, if wished, and explains them when they are tapped. */
export function explain(reading: Reading): void {
  const terms = reading.article.terms ?? [];
  const underlined = preferences().terms ? terms : [];
  highlight("term", underlined.map(({ sentence, start, end }) => located(reading).sentence(sentence, start, end)), reading.root);
  if (explained.has(reading) || !terms.length) return;
  explained.add(reading);
  const tap = ({ clientX, clientY, target }: Event & Partial<MouseEvent>) => {
    if (!preferences().terms || !getSelection()?.isCollapsed || (target as Element).closest("a,button,input,label,select,textarea")) return;
    const found = under(reading, clientX!, clientY!);
    if (!found) return;
    const box = document.querySelector("readable-meaning") ?? h("readable-meaning", { language: reading.language });
    if (!box.isConnected) document.body.append(box);
    // The first tap may come before the words; the box waits for them, too, and in this order.
    withWords(language(box), () => box.explain(...found));
  };
  const stop = listen(reading.parts, "click", tap);
  reading.addEventListener("close", () => {
    stop();
    highlight("term", [], reading.root);
  }, { once: true });
}
