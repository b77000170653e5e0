/**
 * "Nghe từ đây": one button that stands beside the paragraph under the pointer or chosen with the arrow
 * keys, and "Nghe đoạn đã chọn" beside a selection. It lies over the page, outside the article's DOM, and
 * takes no click away from it.
 */

import { listen } from "../article/controls.ts";
import { located } from "../article/located.ts";
import { beginning } from "../article/texts.ts";
import { button, define, h, ReadableElement, style } from "../core/element.ts";
import type { Reading } from "../core/reading.ts";
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

  #listening!: Listening;
  #button!: HTMLElement;
  #block = -1;
  #selected: number[] = [];

  begin(reading: Reading, listening: Listening): void {
    this.reading = reading;
    this.#listening = listening;
  }

  protected override start(): void {
    this.#button = h(button("play", this.t(W.fromHere), () => this.#press()), {
      className: "from",
      onkeydown: (event: KeyboardEvent) => this.#arrow(event),
      onfocus: () => this.#show(this.#block),
      onblur: () => this.#turn(false),
    });
    h(this.view, { role: "group", "aria-label": this.t(W.fromHere) }, this.#button);
  }

  protected override show(): void {
    this.#show(this.#blocks()[0], false);
  }

  protected override join(): (() => void)[] {
    return [
      listen(this.reading!.parts, "pointerover pointerup", (event: PointerEvent) => this.#over(event)),
      listen([document], "selectionchange", () => this.#select()),
      listen([document], "scroll", () => this.view.matches(":hover, :focus-within") || this.#selected.length || this.#turn(false)),
    ];
  }

  /** Blocks that are spoken and found in the page. */
  #blocks(): number[] {
    const spoken = new Set(this.reading!.article.sentences.map(({ block }) => block));
    return [...spoken].filter((block) => located(this.reading!).element(block)).sort((one, other) => one - other);
  }

  #over({ target, pointerType, type }: PointerEvent): void {
    if (this.#selected.length || (pointerType === "touch" && type === "pointerover")) return;
    const under = target as Element;
    if (under.closest("a,button,input,select,textarea,label,summary,video,audio")) return;
    const block = this.#blocks().find((each) => {
      const element = located(this.reading!).element(each)!;
      return element.contains(under) || (under !== this.reading!.body && under.contains(element));
    });
    this.#show(block);
  }

  #turn(on: boolean): void {
    this.view.classList.toggle("on", on);
  }

  /** Sets the button beside a block. */
  #show(block = -1, on = true): void {
    const text = this.reading!.article.blocks[block]?.text;
    const range = text && located(this.reading!).range(block);
    if (!range) return;
    this.#block = block;
    this.#place(range, this.t(W.fromHere), this.t(W.fromHereTo, beginning(text)), on);
  }

  /** Sets the button beside a place in the article: in the margin if there is one, else over the gap above. */
  #place(range: Range, words: string, name: string, on: boolean): void {
    this.#button.lastElementChild!.textContent = words;
    h(this.#button, { "aria-label": name });
    const { left, top, right } = range.getBoundingClientRect();
    const width = this.#button.offsetWidth || 160;
    const margin = left > width + 12;
    const x = margin ? left - width - 8 : Math.min(right, document.documentElement.clientWidth) - width;
    const y = margin ? top - 8 : top - (this.#button.offsetHeight || 48);
    style(this, "left", `${Math.max(0, x) + scrollX}px`);
    style(this, "top", `${Math.max(0, y + scrollY)}px`);
    this.#turn(on);
  }

  #select(): void {
    const selection = getSelection();
    const range = selection?.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
    const within = range && this.reading!.parts.some((part) => range.intersectsNode(part));
    this.#selected = within ? this.#sentencesIn(range) : [];
    this.#listening.select(this.#selected);
    const words = this.t(W.selection);
    if (range && this.#selected.length) this.#place(range, words, words, true);
    else this.#turn(false);
  }

  #sentencesIn(range: Range): number[] {
    return [...this.reading!.article.sentences.keys()].filter((index) => {
      const own = located(this.reading!).sentence(index);
      return own && range.compareBoundaryPoints(Range.END_TO_START, own) < 0 && range.compareBoundaryPoints(Range.START_TO_END, own) > 0;
    });
  }

  /** Another paragraph by the arrow keys: one tab stop for all of them. */
  #arrow(event: KeyboardEvent): void {
    const blocks = this.#blocks();
    const here = blocks.indexOf(this.#block);
    const next = { ArrowDown: blocks[here + 1], ArrowUp: blocks[here - 1], Home: blocks[0], End: blocks.at(-1) }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    this.#show(next);
    this.#button.scrollIntoView({ block: "center" });
  }

  #press(): void {
    if (this.#selected.length) {
      const sentences = this.#selected;
      getSelection()?.removeAllRanges();
      this.#listening.play(sentences, false);
    } else this.#listening.play([this.reading!.article.sentences.findIndex(({ block }) => block === this.#block)], true);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "readable-from-here": ReadableFromHere;
  }
}

define("readable-from-here", ReadableFromHere);
