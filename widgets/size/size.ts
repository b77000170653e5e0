/** `<readable-size>`: the article's text size, 100 to 300 per cent. */

import { define, h, language, ReadableElement } from "../core/element.ts";
import { icon } from "../core/icons.ts";
import { choose, type Preferences, preferences, sizes, step } from "../core/preferences.ts";
import { reading } from "../core/reading.ts";
import { announce } from "../core/status.ts";
import { number, say } from "../core/words.ts";
import css from "./size.css";

/** Tells `readable-size` with `{ size }` after each change. */
export class ReadableSize extends ReadableElement {
  readonly #value = h("output", { "aria-live": "off" });
  #smaller!: HTMLButtonElement;
  #larger!: HTMLButtonElement;

  constructor() {
    super(css, true);
  }

  protected start(): void {
    const lang = language(this);
    const button = (direction: 1 | -1) =>
      h("button", { type: "button", onclick: () => this.change(direction) }, icon(direction > 0 ? "plus" : "minus"));
    this.#smaller = button(-1);
    this.#larger = button(1);
    const name = h("span", { class: "name", id: "name" }, say(lang, "size"));
    const address = this.getAttribute("article");
    if (address) void reading(address, this.getRootNode() as Document | ShadowRoot);
    this.view.append(h("div", { class: "size", role: "group", "aria-labelledby": "name" }, name, this.#smaller, this.#value, this.#larger));
  }

  protected override update({ size }: Readonly<Preferences>): void {
    const lang = language(this);
    const percent = say(lang, "percent", number(lang, size));
    this.#value.textContent = percent;
    // The names carry the size, so that a press can be judged without hunting for the number.
    this.#smaller.setAttribute("aria-label", `${say(lang, "smaller")} (${percent})`);
    this.#larger.setAttribute("aria-label", `${say(lang, "larger")} (${percent})`);
    this.#smaller.setAttribute("aria-disabled", String(size <= sizes[0]!));
    this.#larger.setAttribute("aria-disabled", String(size >= sizes.at(-1)!));
  }

  /** One step smaller or larger; 0 goes back to 100 per cent. */
  change(direction: 1 | -1 | 0): void {
    const size = direction ? step(sizes, preferences().size, direction) : 100;
    choose({ size });
    const lang = language(this);
    announce(say(lang, "sizeNow", say(lang, "percent", number(lang, size))), lang);
    this.tell("size", { size });
  }
}

define("readable-size", ReadableSize);
