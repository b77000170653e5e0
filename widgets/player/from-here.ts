/**
 * "Nghe từ đây": one button that stands beside the paragraph under the pointer or chosen with the arrow
 * keys, and "Nghe đoạn đã chọn" beside a selection. It lies over the page, outside the article's DOM, and
 * takes no click away from it.
 */

import { CONTROLS, listen } from "../article/controls.ts";
import { located } from "../article/located.ts";
import { beginning } from "../article/texts.ts";
import { button, define, h, type Hooks, ReadableElement } from "../core/element.ts";
import { W } from "../core/words.ts";
import css from "./from-here.css";

/** What it does for the player. */
export interface Listening {
  /** Reads these sentences, and with `on` what comes after them. */
  play(sentences: readonly number[], on: boolean): void;
  /** Sentences have been selected, or are no more. */
  select(sentences: number[]): void;
}

export class ReadableFromHere extends ReadableElement {
  static override css = css;

  listening!: Listening;

  protected override construct(): Hooks {
    const { t } = this;
    const reading = this.reading!;
    const { article, parts, body } = reading;
    const { element, range, sentence } = located(reading);
    /** Blocks that are spoken and found in the page. */
    const blocks = [...new Set(article.sentences.map(({ block }) => block))].filter((each) => element(each));
    const words = t(W.fromHere);
    let here = -1;
    let selected: number[] = [];

    const turn = (on: boolean) => this.inner.classList.toggle("on", on);

    /** Sets the button beside a place in the article: in the margin if there is one, else over the gap above. */
    const place = (at: Range, words: string, name: string, on: boolean) => {
      only.lastElementChild!.textContent = words;
      h(only, { "aria-label": name });
      const { left, top, right } = at.getBoundingClientRect();
      const width = only.offsetWidth || 160;
      const margin = left > width + 12;
      const x = margin ? left - width - 8 : Math.min(right, document.documentElement.clientWidth) - width;
      const y = margin ? top - 8 : top - (only.offsetHeight || 48);
      this.inner.style.left = `${Math.max(0, x) + scrollX}px`;
      this.inner.style.top = `${Math.max(0, y + scrollY)}px`;
      turn(on);
    };

    /** Sets the button beside a block. */
    const stand = (block = -1, on = true) => {
      const at = range(block);
      if (!at) return;
      here = block;
      place(at, words, `${words}: ${beginning(article.blocks[block]!.text)}`, on);
    };

    const point = ({ target, pointerType, type }: PointerEvent) => {
      const under = target as Element;
      if (selected.length || under.closest(CONTROLS) || (pointerType === "touch" && type === "pointerover")) return;
      stand(blocks.find((each) => element(each)!.contains(under) || (under !== body && under.contains(element(each)))));
    };

    const select = () => {
      const selection = getSelection();
      const chosen = selection?.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
      const within = (index: number) => {
        const own = sentence(index);
        return own && chosen!.comparePoint(own.startContainer, own.startOffset) < 1 && chosen!.comparePoint(own.endContainer, own.endOffset) > -1;
      };
      selected = chosen && parts.some((part) => chosen.intersectsNode(part)) ? [...article.sentences.keys()].filter(within) : [];
      this.listening.select(selected);
      const all = t(W.selection);
      if (selected.length) place(chosen!, all, all, true);
      else turn(false);
    };

    const press = () => {
      const sentences = selected;
      if (sentences.length) {
        getSelection()!.removeAllRanges();
        this.listening.play(sentences, false);
      } else this.listening.play([article.sentences.findIndex(({ block }) => block === here)], true);
    };

    /** Another paragraph by the arrow keys: one tab stop for all of them. */
    const arrow = (event: KeyboardEvent) => {
      const at = blocks.indexOf(here);
      const next = { ArrowDown: blocks[at + 1], ArrowUp: blocks[at - 1], Home: blocks[0], End: blocks.at(-1) }[event.key];
      if (next === undefined) return;
      event.preventDefault();
      stand(next);
      only.scrollIntoView({ block: "center" });
    };

    const only = h(button("play", words, press), { className: "from", onkeydown: arrow, onfocus: () => stand(here), onblur: () => turn(false) });
    h(this.inner, { role: "group", "aria-label": words }, only);
    stand(blocks[0], false);
    return {
      join: () => [
        listen(parts, "pointerover pointerup", point),
        listen([document], "selectionchange", select),
        listen([document], "scroll", () => selected.length || turn(false)),
      ],
    };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "readable-from-here": ReadableFromHere;
  }
}

define("readable-from-here", ReadableFromHere);
