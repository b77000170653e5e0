/** `<readable-display>`: colours, font, spacing, aids to focus, printing, help, reset. */

import { themes } from "../article/article-style.ts";
import "../article/icons.ts";
import { button, check, define, h, ReadableElement, style } from "../core/element.ts";
import { choose, defaults, type Preferences, preferences, spacious } from "../core/preferences.ts";
import type { Reading } from "../core/reading.ts";
import { announce } from "../core/status.ts";
import { number, W } from "../core/words.ts";
import { onlyArticle } from "../focus/only.ts";
import { showShortcuts } from "../help/help.ts";
import { printArticle } from "../print/print.ts";
import css from "./display.css";

/** Steps of each spacing; 0 leaves the portal's. The second is what WCAG 1.4.12 asks a page to bear. */
const spacings: [key: "line" | "letter" | "word" | "paragraph", name: W, steps: number[]][] = [
  ["line", W.line, [0, 1.5, 1.8, 2.2]],
  ["letter", W.letter, [0, 0.06, 0.12, 0.2]],
  ["word", W.word, [0, 0.16, 0.3, 0.5]],
  ["paragraph", W.paragraph, [0, 1, 2, 3]],
];
/** Line widths in characters; 80 is the most that WCAG 1.4.8 allows, 65 reads well. */
const widths: [value: number, name: W][] = [[0, W.notSet], [80, W.little], [65, W.middle], [45, W.narrow]];
const themeNames: [name: Preferences["theme"], word: W][] = [
  ["page", W.notSet], ["light", W.light], ["sepia", W.sepia], ["dark", W.dark], ["contrast", W.contrast], ["yellow", W.yellow],
];

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

  protected start(): void {
    this.view.append(h("div.display", this.#colours(), this.#spacing(), this.#focusAids(), this.#paper(), this.#foot()));
  }

  protected override show(reading: Reading): void {
    this.#reader.href = reading.link("reader");
    this.#reader.hidden = !reading.link("reader");
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

  #colours(): HTMLElement {
    const swatches = themeNames.map(([theme, word]) => {
      const input = h("input", { type: "radio", name: "theme", value: theme, onchange: () => this.#set({ theme }) });
      this.#controls.push((now) => (input.checked = now.theme === theme));
      const label = h("label", input, this.t(word));
      // Each choice is shown in its own colours.
      if (theme !== "page") {
        const [ink, paper] = themes[theme];
        style(label, "color", ink);
        style(label, "background-color", paper);
        style(label, "color-scheme", theme === "light" || theme === "sepia" ? "light" : "dark");
      }
      return label;
    });
    return this.#group(W.colours, h("div.swatches", ...swatches));
  }

  #choice<K extends keyof Preferences>(label: W, key: K, options: [value: Preferences[K], text: string][]): HTMLElement {
    const select = h("select", { onchange: () => this.#set({ [key]: options[select.selectedIndex]![0] }) }, ...options.map(([value, text]) => h("option", { value }, text)));
    this.#controls.push((now) => (select.selectedIndex = Math.max(0, options.findIndex(([value]) => value === now[key]))));
    return h("label.field", h("span", this.t(label)), select);
  }

  #check(label: W, checked: (now: Readonly<Preferences>) => boolean, change: (on: boolean) => Partial<Preferences>): HTMLElement {
    const box = h("input", { onchange: () => this.#set(change(box.checked)) });
    this.#controls.push((now) => (box.checked = checked(now)));
    return check(this.t(label), box);
  }

  #spacing(): HTMLElement {
    const asPage = this.t(W.notSet);
    return this.#group(
      W.spacing,
      this.#check(
        W.spacious,
        (now) => spacings.every(([key]) => now[key] >= spacious[key]),
        (on) => (on ? spacious : { line: 0, letter: 0, word: 0, paragraph: 0 }),
      ),
      h("div.fields",
        this.#choice(W.font, "font", [["page", asPage], ["be-vietnam-pro", "Be Vietnam Pro"], ["lexend", "Lexend"]]),
        this.#choice(W.width, "width", widths.map(([value, name]) => [value, this.t(name)])),
        ...spacings.map(([key, name, steps]) =>
          this.#choice(name, key, steps.map((step) => [step, step ? number(this.tongue, step) + (key === "line" ? "" : " em") : asPage])))),
    );
  }

  #focusAids(): HTMLElement {
    const none = this.t(W.none);
    return this.#group(
      W.aids,
      check(this.t(W.only), this.#only),
      this.#check(W.underlineTerms, ({ terms }) => terms > 0, (on) => ({ terms: on ? 1 : 0 })),
      h("div.fields",
        this.#choice(W.aid, "aid", [["none", none], ["ruler", this.t(W.ruler)], ["mask", this.t(W.mask)]]),
        this.#choice(W.tint, "tint", [["none", none], ["sentence", this.t(W.bySentence)], ["syllable", this.t(W.bySyllable)]])),
    );
  }

  #paper(): HTMLElement {
    const print = (large: boolean, name: W) =>
      button("print", this.t(name), () => void printArticle(this.reading, { large, summary: this.#summary.checked, code: this.#code.checked, lang: this.tongue }));
    return this.#group(
      W.print,
      h("div.row", print(false, W.print), print(true, W.printLarge)),
      check(this.t(W.printSummary), this.#summary),
      check(this.t(W.printCode), this.#code),
    );
  }

  #foot(): HTMLElement {
    const reset = () => {
      onlyArticle(this.reading, false);
      this.#only.checked = this.#summary.checked = false;
      this.#code.checked = true;
      this.#set(defaults);
      announce(this.t(W.wasReset), this.tongue);
    };
    const ways = [W.enlargeAndroid, W.enlargeIphone, W.enlargeComputer].map((way) => h("li", this.t(way)));
    return h("div.foot",
      h("details", h("summary", this.t(W.enlargeAll)), h("ul", ...ways), h("p.quiet", this.t(W.honesty))),
      h("div.row",
        button("reset", this.t(W.reset), reset),
        button("help", this.t(W.shortcuts), () => showShortcuts(this.tongue)),
        h(this.#reader, { hidden: true }, this.t(W.simplePage))));
  }
}

define("readable-display", ReadableDisplay);
