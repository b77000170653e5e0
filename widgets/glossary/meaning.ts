/**
 * In the article: abbreviations and terms are underlined with dots, and a tap on one shows its meaning.
 * The article's DOM is not touched and no click is taken from it; by keyboard the glossary has them all.
 */

import { highlight } from "../article/highlight.ts";
import { located } from "../article/located.ts";
import type { Term } from "../core/contract.ts";
import { define, h, language, ReadableElement } from "../core/element.ts";
import { icon } from "../core/icons.ts";
import { preferences } from "../core/preferences.ts";
import type { Reading } from "../core/reading.ts";
import { say, withWords } from "../core/words.ts";
import css from "./meaning.css";

class ReadableMeaning extends ReadableElement {
  readonly #word = h("strong", { id: "word", lang: "vi" });
  readonly #meaning = h("p", { lang: "vi" });
  // A popover: Esc and a tap elsewhere close it, and the focus goes back to where it was.
  readonly #box = h("div", { class: "meaning", popover: "auto", role: "dialog", "aria-labelledby": "word", tabIndex: -1 });

  constructor() {
    super(css);
  }

  protected start(): void {
    const close = h("button", { type: "button", "aria-label": say(language(this), "close"), onclick: () => this.#close() }, icon("close"));
    this.#box.append(h("div", { class: "head" }, this.#word, close), this.#meaning);
    this.#box.addEventListener("keydown", (event) => event.key === "Escape" && this.#close());
    this.view.append(this.#box);
  }

  /** Hidden by hand, too: browsers of before 2024 know no popover and show a plain box. */
  #close(): void {
    this.#box.hidePopover?.();
    this.#box.hidden = true;
  }

  show({ text, meaning }: Term, at: DOMRect): void {
    this.#word.textContent = text;
    this.#meaning.textContent = meaning;
    this.#box.hidden = false;
    this.#box.togglePopover?.(true);
    const { offsetWidth, offsetHeight } = this.#box;
    const below = at.bottom + 8 + offsetHeight < innerHeight;
    this.#box.style.setProperty("left", `${Math.max(12, Math.min(at.left, innerWidth - offsetWidth - 12))}px`);
    this.#box.style.setProperty("top", `${Math.max(12, below ? at.bottom + 8 : at.top - offsetHeight - 8)}px`);
    this.#box.focus({ preventScroll: true });
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
  const on = preferences().terms;
  const ranges = on ? (reading.article.terms ?? []).map(({ sentence, start, end }) => located(reading).sentence(sentence, start, end)) : [];
  highlight("term", ranges, reading.root);
  if (explained.has(reading) || !reading.article.terms?.length) return;
  explained.add(reading);
  const tap = (event: Event) => {
    const { clientX, clientY, target } = event as MouseEvent;
    if (!preferences().terms || !getSelection()?.isCollapsed || (target as Element).closest("a,button,input,label,select,textarea")) return;
    const found = under(reading, clientX, clientY);
    if (!found) return;
    let box = document.querySelector("readable-meaning") as ReadableMeaning | null;
    if (!box) {
      box = document.createElement("readable-meaning") as ReadableMeaning;
      box.setAttribute("language", reading.language);
      document.body.append(box);
    }
    // The first tap may come before the words; the box waits for them, too, and in this order.
    withWords(language(box), () => box.show(...found));
  };
  for (const part of reading.parts) part.addEventListener("click", tap);
  reading.addEventListener("close", () => {
    for (const part of reading.parts) part.removeEventListener("click", tap);
    highlight("term", [], reading.root);
  }, { once: true });
}
