/** `<readable-display>`: colours, font, spacing, aids to focus, printing, help, reset. */

import { themes } from "../article/article-style.ts";
import { define, h, language, ReadableElement } from "../core/element.ts";
import { icon } from "../core/icons.ts";
import { choose, defaults, type Preferences, preferences, spacious } from "../core/preferences.ts";
import { type Reading, reading } from "../core/reading.ts";
import { announce } from "../core/status.ts";
import { type Key, number, say } from "../core/words.ts";
import "../article/icons.ts";
import { rare } from "../parts.ts";
import css from "./display.css";

/** Steps of each spacing; 0 leaves the portal's. The second is what WCAG 1.4.12 asks a page to bear. */
const spacings: [key: "line" | "letter" | "word" | "paragraph", steps: number[]][] = [
  ["line", [0, 1.5, 1.8, 2.2]],
  ["letter", [0, 0.06, 0.12, 0.2]],
  ["word", [0, 0.16, 0.3, 0.5]],
  ["paragraph", [0, 1, 2, 3]],
];
/** Line widths in characters; 80 is the most that WCAG 1.4.8 allows, 65 reads well. */
const widths: [value: number, name: Key][] = [[0, "notSet"], [80, "little"], [65, "middle"], [45, "narrow"]];

/**
 * Attributes: `article` (address of the article's JSON; or set `reading`), `language`.
 * Tells `readable-display` with the preferences after each change.
 */
export class ReadableDisplay extends ReadableElement {
  reading: Reading | undefined;
  readonly #controls: ((now: Readonly<Preferences>) => void)[] = [];
  #lang = "vi";

  constructor() {
    super(css);
  }

  protected start(): void {
    this.#lang = language(this);
    const address = this.getAttribute("article");
    if (address && !this.reading) {
      void reading(address, this.getRootNode() as Document | ShadowRoot).then((found) => (this.reading = found));
    }
    this.view.append(
      h("div", { class: "display" }, this.#colours(), this.#spacing(), this.#focusAids(), this.#paper(), this.#foot()),
    );
  }

  protected override update(now: Readonly<Preferences>): void {
    for (const control of this.#controls) control(now);
  }

  #t(key: Key, n?: string): string {
    return say(this.#lang, key, n);
  }

  #set(changes: Partial<Preferences>): void {
    choose(changes);
    this.tell("display", preferences());
  }

  #group(legend: Key, ...children: (Node | string)[]): HTMLFieldSetElement {
    return h("fieldset", {}, h("legend", {}, this.#t(legend)), ...children);
  }

  #colours(): HTMLElement {
    const names = ["page", ...Object.keys(themes)] as Preferences["theme"][];
    const swatches = names.map((name) => {
      const input = h("input", { type: "radio", name: "theme", value: name, onchange: () => this.#set({ theme: name }) });
      this.#controls.push(({ theme }) => (input.checked = theme === name));
      const label = h("label", {}, input, this.#t(name === "page" ? "notSet" : name));
      // Each choice is shown in its own colours.
      if (name !== "page") {
        label.style.setProperty("color", themes[name][0]);
        label.style.setProperty("background-color", themes[name][1]);
        label.style.setProperty("color-scheme", name === "light" || name === "sepia" ? "light" : "dark");
      }
      return label;
    });
    return this.#group("colours", h("div", { class: "swatches" }, ...swatches));
  }

  #choice<T extends string | number>(label: Key, key: keyof Preferences, options: [T, string][]): HTMLElement {
    const select = h("select", { onchange: () => this.#set({ [key]: options[select.selectedIndex]![0] }) });
    for (const [value, text] of options) select.append(h("option", { value: String(value) }, text));
    this.#controls.push((now) => (select.selectedIndex = Math.max(0, options.findIndex(([value]) => value === now[key]))));
    return h("label", { class: "field" }, h("span", {}, this.#t(label)), select);
  }

  #check(label: Key, checked: (now: Readonly<Preferences>) => boolean, change: (on: boolean) => void): HTMLElement {
    const box = h("input", { type: "checkbox", onchange: () => change(box.checked) });
    this.#controls.push((now) => (box.checked = checked(now)));
    return h("label", { class: "check" }, box, h("span", {}, this.#t(label)));
  }

  #spacing(): HTMLElement {
    const fields = spacings.map(([key, steps]) =>
      this.#choice(key, key, steps.map((step) => [step, step ? `${number(this.#lang, step)}${key === "line" ? "" : " em"}` : this.#t("notSet")])));
    const every = this.#check(
      "spacious",
      (now) => (Object.keys(spacious) as (keyof typeof spacious)[]).every((key) => now[key] >= spacious[key]),
      (on) => this.#set(on ? spacious : { line: 0, letter: 0, word: 0, paragraph: 0 }),
    );
    const fonts: [Preferences["font"], string][] = [["page", this.#t("notSet")], ["be-vietnam-pro", "Be Vietnam Pro"], ["lexend", "Lexend"]];
    return this.#group(
      "spacing",
      every,
      h("div", { class: "fields" },
        this.#choice("font", "font", fonts),
        this.#choice("width", "width", widths.map(([value, name]) => [value, this.#t(name)])),
        ...fields),
    );
  }

  #focusAids(): HTMLElement {
    const only = h("input", { type: "checkbox", onchange: () => void rare().then(({ onlyArticle }) => onlyArticle(this.reading, only.checked)) });
    return this.#group(
      "aids",
      h("label", { class: "check" }, only, h("span", {}, this.#t("only"))),
      this.#check("underlineTerms", ({ terms }) => terms === 1, (on) => this.#set({ terms: on ? 1 : 0 })),
      h("div", { class: "fields" },
        this.#choice("aid", "aid", [["none", this.#t("none")], ["ruler", this.#t("ruler")], ["mask", this.#t("mask")]]),
        this.#choice("tint", "tint", [["none", this.#t("none")], ["sentence", this.#t("bySentence")], ["syllable", this.#t("bySyllable")]])),
    );
  }

  #paper(): HTMLElement {
    const summary = h("input", { type: "checkbox" });
    const code = h("input", { type: "checkbox", checked: true });
    const print = (large: boolean) => () =>
      void rare().then(({ printArticle }) =>
        printArticle(this.reading, { large, summary: summary.checked, code: code.checked, lang: this.#lang }));
    const row = h("div", { class: "row" },
      h("button", { type: "button", onclick: print(false) }, icon("print"), this.#t("print")),
      h("button", { type: "button", onclick: print(true) }, icon("print"), this.#t("printLarge")));
    return this.#group(
      "print",
      row,
      h("label", { class: "check" }, summary, h("span", {}, this.#t("printSummary"))),
      h("label", { class: "check", hidden: !this.reading?.link("qr") }, code, h("span", {}, this.#t("printCode"))),
    );
  }

  #foot(): HTMLElement {
    const reset = () => {
      void rare().then(({ onlyArticle }) => onlyArticle(this.reading, false));
      for (const box of this.view.querySelectorAll<HTMLInputElement>("input[type=checkbox]")) box.checked = false;
      this.#set(defaults);
      announce(this.#t("wasReset"), this.#lang);
    };
    const reader = this.reading?.link("reader");
    const ways = (["enlargeAndroid", "enlargeIphone", "enlargeComputer"] as const).map((key) => h("li", {}, this.#t(key)));
    return h("div", { class: "foot" },
      h("details", {}, h("summary", {}, this.#t("enlargeAll")), h("ul", {}, ...ways), h("p", { class: "quiet" }, this.#t("honesty"))),
      h("div", { class: "row" },
      h("button", { type: "button", onclick: reset }, icon("reset"), this.#t("reset")),
      h("button", { type: "button", onclick: () => void rare().then(({ showShortcuts }) => showShortcuts(this)) }, icon("help"), this.#t("shortcuts")),
      reader ? h("a", { class: "button", href: reader }, this.#t("simplePage")) : null));
  }
}

define("readable-display", ReadableDisplay);
