/** `<readable-size>`: the article's text size, 100 to 300 per cent. */

import { define, h, ReadableElement, shapeButton } from "../core/element.ts";
import { choices, choose, type Preferences, step } from "../core/preferences.ts";
import { announce } from "../core/status.ts";
import { number, W } from "../core/words.ts";
import css from "./size.css";

/** Tells `readable-size` with `{ size }` after each change. */
export class ReadableSize extends ReadableElement {
  static override css = css;
  static override early = true;

  readonly #value = h("output", { "aria-live": "off" });
  readonly #smaller = shapeButton("minus", "", () => this.change(-1));
  readonly #larger = shapeButton("plus", "", () => this.change(1));

  protected start(): void {
    const name = h("span.name", { id: "name" }, this.t(W.size));
    this.view.append(h("div.size", { role: "group", "aria-labelledby": "name" }, name, this.#smaller, this.#value, this.#larger));
  }

  #percent(size: number): string {
    return this.t(W.percent, number(this.tongue, size));
  }

  protected override update({ size }: Readonly<Preferences>): void {
    const percent = (this.#value.textContent = this.#percent(size));
    // The names carry the size, so that a press can be judged without hunting for the number.
    h(this.#smaller, { "aria-label": `${this.t(W.smaller)} (${percent})`, "aria-disabled": size === choices.size[0] });
    h(this.#larger, { "aria-label": `${this.t(W.larger)} (${percent})`, "aria-disabled": size === choices.size.at(-1) });
  }

  /** One step smaller or larger; 0 goes back to 100 per cent. */
  change(direction: 1 | -1 | 0): void {
    const size = direction ? step("size", direction) : 100;
    choose({ size });
    announce(this.t(W.sizeNow, this.#percent(size)), this.tongue);
    this.tell("size", { size });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "readable-size": ReadableSize;
  }
}

define("readable-size", ReadableSize);
