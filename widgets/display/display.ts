/** `<readable-display>`: colours, font, spacing, aids to focus, printing, help, reset. */

import { check } from "../article/controls.ts";
import "../article/icons.ts";
import { button, define, h, ReadableElement } from "../core/element.ts";
import { choices, choose, defaults, type Preferences, preferences } from "../core/preferences.ts";
import type { Reading } from "../core/reading.ts";
import { announce } from "../core/status.ts";
import { number, W } from "../core/words.ts";
import { onlyArticle } from "../focus/only.ts";
import { showShortcuts } from "../help/help.ts";
import { printArticle } from "../print/print.ts";
import css from "./display.css";

type Spacing = Pick<Preferences, "line" | "letter" | "word" | "paragraph">;

/** WCAG 2.2, 1.4.12: the spacing that a page must bear, offered as one choice. */
const spacious: Spacing = { line: 1.5, letter: 0.12, word: 0.16, paragraph: 2 };
const spacings = Object.keys(spacious) as (keyof Spacing)[];

/**
 * Attributes: `article` (address of the article's JSON; or set `reading`), `language`.
 * Tells `readable-display` with the preferences after each change.
 */
export class ReadableDisplay extends ReadableElement {
  static override css = css;

  /** What brings each control in line with the choices. */
  readonly #controls: ((now: Readonly<Preferences>) => void)[] = [];
  readonly #only = h("input", { onchange: () => onlyArticle(this.reading, this.#only.checked) });
  readonly #summary = h("input");
  readonly #code = h("input", { checked: true });
  readonly #reader = h("a.button");

  protected override start(): void {
    this.view.append(
      h("div.display",
        this.#group(W.theme, h("div.swatches", ...this.#swatches())),
        this.#group(W.spacing,
          this.#check(W.spacious, (now) => spacings.every((key) => now[key] >= spacious[key]), (on) => (on ? spacious : { line: 0, letter: 0, word: 0, paragraph: 0 })),
          h("div.fields",
            this.#choice(W.font, "font"), this.#choice(W.width, "width"),
            ...spacings.map((key, place) => this.#choice(W.line + place, key, key === "line" ? "" : " em")))),
        this.#group(W.aids,
          check(this.t(W.only), this.#only),
          this.#check(W.underlineTerms, ({ terms }) => terms > 0, (on) => ({ terms: on ? 1 : 0 })),
          h("div.fields", this.#choice(W.aid, "aid"), this.#choice(W.tint, "tint"))),
        this.#group(W.print,
          h("div.row", this.#print(W.print, false), this.#print(W.printLarge, true)),
          check(this.t(W.printSummary), this.#summary),
          check(this.t(W.printCode), this.#code)),
        this.#foot()),
    );
  }

  protected override show(reading: Reading): void {
    const reader = reading.link("reader");
    h(this.#reader, { href: reader, hidden: !reader });
    this.#code.parentElement!.hidden = !reading.link("qr");
  }

  protected override update(now: Readonly<Preferences>): void {
    for (const control of this.#controls) control(now);
  }

  #set(changes: Partial<Preferences>): void {
    choose(changes);
    this.tell("display", preferences());
  }

  #group(legend: W, ...children: Node[]): HTMLElement {
    return h("fieldset", h("legend", this.t(legend)), ...children);
  }

  #swatches(): HTMLElement[] {
    return choices.theme.map((theme, place) => {
      const input = h("input", { type: "radio", name: "theme", value: theme, onchange: () => this.#set({ theme }) });
      this.#controls.push((now) => (input.checked = now.theme === theme));
      // Each choice is shown in its own colours.
      return h("label", place > 0 && { "data-theme": theme }, input, this.t(W.theme_page + place));
    });
  }

  /** A list of all that can be chosen: numbers with their unit, or the words that follow the label in strings.tsv. */
  #choice(label: W, key: keyof Preferences, unit?: string): HTMLElement {
    const name = (value: string | number, place: number) =>
      unit === undefined || !value ? this.t(unit === undefined ? label + 1 + place : W.theme_page) : number(this.tongue, Number(value)) + unit;
    const select = h("select", { onchange: () => this.#set({ [key]: choices[key][select.selectedIndex] }) }, ...choices[key].map((value, place) => h("option", { value }, name(value, place))));
    this.#controls.push((now) => (select.selectedIndex = choices[key].findIndex((value) => value === now[key])));
    return h("label.field", h("span", this.t(label)), select);
  }

  #check(label: W, checked: (now: Readonly<Preferences>) => boolean, change: (on: boolean) => Partial<Preferences>): HTMLElement {
    const box = h("input", { onchange: () => this.#set(change(box.checked)) });
    this.#controls.push((now) => (box.checked = checked(now)));
    return check(this.t(label), box);
  }

  #print(name: W, large: boolean): HTMLElement {
    return button("print", this.t(name), () => void printArticle(this.reading, { large, summary: this.#summary.checked, code: this.#code.checked, lang: this.tongue }));
  }

  #foot(): HTMLElement {
    const reset = () => {
      onlyArticle(this.reading, false);
      this.#only.checked = this.#summary.checked = false;
      this.#code.checked = true;
      this.#set(defaults);
      announce(this.t(W.wasReset), this.tongue);
    };
    return h("div.foot",
      h("details", h("summary", this.t(W.enlargeAll)),
        h("ul", ...[W.enlargeAndroid, W.enlargeIphone, W.enlargeComputer].map((way) => h("li", this.t(way)))),
        h("p.quiet", this.t(W.honesty))),
      h("div.row",
        button("reset", this.t(W.reset), reset),
        button("help", this.t(W.shortcuts), () => showShortcuts(this.tongue)),
        h(this.#reader, { hidden: true }, this.t(W.simplePage))));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "readable-display": ReadableDisplay;
  }
}

define("readable-display", ReadableDisplay);
