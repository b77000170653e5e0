/**
 * In the article: abbreviations and terms are underlined with dots, and a tap on one shows its meaning.
 * The article's DOM is not touched and no click is taken from it; by keyboard the glossary has them all.
 */

import { CONTROLS, listen } from "../article/controls.ts";
import { highlight } from "../article/highlight.ts";
import { located } from "../article/located.ts";
import type { Term } from "../core/contract.ts";
import { define, h, ReadableElement, shapeButton } from "../core/element.ts";
import { preferences } from "../core/preferences.ts";
import type { Reading } from "../core/reading.ts";
import { W, withWords } from "../core/words.ts";
import css from "./meaning.css";

/** The box keeps this far from the window's edges, in CSS pixels. */
const EDGE = 12;

class ReadableMeaning extends ReadableElement {
  static override css = css;

  /** Shows a term's meaning beside its place in the window. */
  declare explain: (term: Term, at: DOMRect) => void;

  protected override construct(): void {
    const word = h("strong", { id: "word", lang: "vi" });
    const meaning = h("p", { lang: "vi" });
    /** Hidden by hand, too: browsers of before 2024 know no popover and show a plain box. */
    const close = () => {
      box.hidePopover?.();
      box.hidden = true;
    };
    // A popover: Esc and a tap elsewhere close it, and the focus goes back to where it was.
    const box = h("div.meaning",
      {
        popover: "auto", role: "dialog", "aria-labelledby": "word", tabIndex: -1,
        onkeydown: ({ key }: KeyboardEvent) => key === "Escape" && close(),
      },
      h("div.head", word, shapeButton("close", this.t(W.close), close)),
      meaning);
    this.inner.append(box);
    this.explain = (term, at) => {
      word.textContent = term.text;
      meaning.textContent = term.meaning;
      box.hidden = false;
      box.togglePopover?.(true);
      const below = at.bottom + 8;
      const top = below + box.offsetHeight < innerHeight ? below : at.top - box.offsetHeight - 8;
      box.style.left = `${Math.max(EDGE, Math.min(at.left, innerWidth - box.offsetWidth - EDGE))}px`;
      box.style.top = `${Math.max(EDGE, top)}px`;
      box.focus({ preventScroll: true });
    };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "readable-meaning": ReadableMeaning;
  }
}

define("readable-meaning", ReadableMeaning);

/** Where a term stands in the page. */
const place = (reading: Reading, { sentence, start, end }: Term) => located(reading).sentence(sentence, start, end);

/** The term under a point of the window. */
function under(reading: Reading, x: number, y: number): [Term, DOMRect] | undefined {
  for (const term of reading.article.terms ?? []) {
    for (const box of place(reading, term)?.getClientRects() ?? []) {
      if (x >= box.left - 4 && x <= box.right + 4 && y >= box.top - 4 && y <= box.bottom + 4) return [term, box];
    }
  }
  return undefined;
}

/** Explains terms when they are tapped; returns what underlines them, if wished. */
export function explain(reading: Reading): () => void {
  const tap = ({ clientX, clientY, target }: MouseEvent) => {
    if (!preferences().terms || !getSelection()?.isCollapsed || (target as Element).closest(CONTROLS)) return;
    const found = under(reading, clientX, clientY);
    if (!found) return;
    const box = document.querySelector("readable-meaning") ?? h("readable-meaning", { language: reading.language });
    document.body.append(box);
    // The first tap may come before the words; the box waits for them, too, and in this order.
    withWords(reading.language, () => box.explain(...found));
  };
  const underline = (terms: readonly Term[]) =>
    highlight("term", terms.map((term) => place(reading, term)), reading.tree);
  reading.ends.push(listen(reading.parts, "click", tap), () => underline([]));
  return () => underline((preferences().terms && reading.article.terms) || []);
}
