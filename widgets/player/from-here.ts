/**
 * "Nghe từ đây": one button that stands beside the paragraph under the pointer or chosen with the arrow
 * keys, and "Nghe đoạn đã chọn" beside a selection. It lies over the page, outside the article's DOM, and
 * takes no click away from it.
 */

import { located } from "../article/located.ts";
import { define, h, language, ReadableElement } from "../core/element.ts";
import { icon } from "../core/icons.ts";
import type { Reading } from "../core/reading.ts";
import { say } from "../core/words.ts";
import css from "./from-here.css";

const WORDS = 6;

export class ReadableFromHere extends ReadableElement {
  #reading!: Reading;
  #play!: (sentences: number[], on: boolean) => void;
  readonly #button = h("button", { type: "button", class: "from", onclick: () => this.#press() });
  readonly #label = h("span");
  #block = -1;
  #selected: number[] = [];
  #stops: (() => void)[] = [];

  constructor() {
    super(css);
  }

  /** `play` gets the sentences, and whether to read on after them. */
  begin(reading: Reading, play: (sentences: number[], on: boolean) => void): void {
    this.#reading = reading;
    this.#play = play;
  }

  protected start(): void {
    this.view.setAttribute("role", "group");
    this.view.setAttribute("aria-label", say(language(this), "fromHere"));
    this.#button.append(icon("play"), this.#label);
    this.#button.addEventListener("keydown", (event) => this.#arrow(event));
    this.#button.addEventListener("focus", () => this.#show(Math.max(this.#block, this.#blocks()[0] ?? -1)));
    this.#button.addEventListener("blur", () => this.view.classList.remove("on"));
    this.view.append(this.#button);
    this.#show(this.#blocks()[0] ?? -1, false);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const listen = (target: EventTarget, name: string, listener: (event: never) => void) => {
      target.addEventListener(name, listener as EventListener, { passive: true });
      this.#stops.push(() => target.removeEventListener(name, listener as EventListener));
    };
    for (const part of this.#reading.parts) listen(part, "pointerover", (event: PointerEvent) => this.#over(event));
    for (const part of this.#reading.parts) listen(part, "pointerup", (event: PointerEvent) => this.#over(event));
    listen(document, "selectionchange", () => this.#select());
    listen(document, "scroll", () => this.view.matches(":hover, :focus-within") || this.#selected.length || this.view.classList.remove("on"));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.#stops.splice(0)) stop();
  }

  /** Blocks that are spoken and found in the page. */
  #blocks(): number[] {
    const spoken = new Set(this.#reading.article.sentences.map(({ block }) => block));
    return [...spoken].filter((block) => located(this.#reading).element(block)).sort((one, other) => one - other);
  }

  #over({ target, pointerType, type }: PointerEvent): void {
    if (this.#selected.length || (pointerType === "touch" && type === "pointerover")) return;
    const under = target as Element;
    if (under.closest("a,button,input,select,textarea,label,summary,video,audio")) return;
    const block = this.#blocks().find((each) => {
      const element = located(this.#reading).element(each);
      return element && (element === under || element.contains(under) || (under !== this.#reading.body && under.contains(element)));
    });
    if (block !== undefined) this.#show(block);
  }

  #range(block: number): Range | null {
    return located(this.#reading).range(block, 0, [...this.#reading.article.blocks[block]!.text].length);
  }

  /** Sets the button beside a block: in the margin if there is one, else over the gap above. */
  #show(block: number, on = true): void {
    const text = this.#reading.article.blocks[block]?.text;
    const range = text === undefined ? null : this.#range(block);
    if (!range || text === undefined) return;
    this.#block = block;
    const lang = language(this);
    this.#label.textContent = say(lang, "fromHere");
    this.#button.setAttribute("aria-label", say(lang, "fromHereTo", `${text.split(/\s+/).slice(0, WORDS).join(" ")}…`));
    const box = range.getBoundingClientRect();
    this.#place(box.left, box.top, box.right);
    this.view.classList.toggle("on", on);
  }

  #place(left: number, top: number, right: number): void {
    const width = this.#button.offsetWidth || 160;
    const margin = left > width + 12;
    const x = margin ? left - width - 8 : Math.min(right, document.documentElement.clientWidth) - width;
    const y = margin ? top - 8 : top - (this.#button.offsetHeight || 48);
    this.style.setProperty("left", `${Math.max(0, x) + scrollX}px`, "important");
    this.style.setProperty("top", `${Math.max(0, y + scrollY)}px`, "important");
  }

  #select(): void {
    const selection = getSelection();
    const range = selection?.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
    const within = range && this.#reading.parts.some((part) => part.contains(range.commonAncestorContainer) || range.intersectsNode(part));
    this.#selected = within ? this.#sentencesIn(range) : [];
    this.#tellSelection();
    if (!this.#selected.length || !range) {
      this.view.classList.remove("on");
      return;
    }
    this.#label.textContent = say(language(this), "selection");
    this.#button.setAttribute("aria-label", this.#label.textContent);
    const box = range.getBoundingClientRect();
    this.#place(box.left, box.top, box.right);
    this.view.classList.add("on");
  }

  #tellSelection(): void {
    this.dispatchEvent(new CustomEvent("selected", { detail: this.#selected }));
  }

  #sentencesIn(range: Range): number[] {
    const found: number[] = [];
    this.#reading.article.sentences.forEach((_, index) => {
      const own = located(this.#reading).sentence(index);
      if (!own) return;
      const meets = range.compareBoundaryPoints(Range.END_TO_START, own) < 0 && range.compareBoundaryPoints(Range.START_TO_END, own) > 0;
      if (meets) found.push(index);
    });
    return found;
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
      this.#play(sentences, false);
      return;
    }
    const first = this.#reading.article.sentences.findIndex(({ block }) => block === this.#block);
    if (first >= 0) this.#play([first], true);
  }
}

define("readable-from-here", ReadableFromHere);
