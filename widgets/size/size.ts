/** `<readable-size>`: the article's text size, 100 to 300 per cent. */

import { define, h, type Hooks, ReadableElement, shapeButton } from "../core/element.ts";
import { choices, choose, step } from "../core/preferences.ts";
import { announce } from "../core/status.ts";
import { W } from "../core/words.ts";
import css from "./size.css";

/** Tells `readable-size` with `{ size }` after each change. */
export class ReadableSize extends ReadableElement {
  static override css = css;
  static override early = true;

  protected override construct(): Hooks {
    const value = h("output", { "aria-live": "off" });
    const smaller = shapeButton("minus", "", () => this.change(-1));
    const larger = shapeButton("plus", "", () => this.change(1));
    const name = h("span.name", { id: "name" }, this.t(W.size));
    this.inner.append(h("div.size", { role: "group", "aria-labelledby": "name" }, name, smaller, value, larger));
    return {
      adapt: ({ size }) => {
        const percent = (value.textContent = this.#percent(size));
        // The names carry the size, so that a press can be judged without hunting for the number.
        h(smaller, { "aria-label": `${this.t(W.smaller)} (${percent})`, "aria-disabled": size === choices.size[0] });
        h(larger, { "aria-label": `${this.t(W.larger)} (${percent})`, "aria-disabled": size === choices.size.at(-1) });
      },
    };
  }

  #percent(size: number): string {
    return this.t(W.percent, size.toLocaleString(this.tongue));
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
