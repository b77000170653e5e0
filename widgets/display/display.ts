/** `<readable-display>`: colours, font, spacing, aids to focus, printing, help, reset. */

import { check } from "../article/controls.ts";
import "../article/icons.ts";
import { button, define, h, type Hooks, ReadableElement } from "../core/element.ts";
import { choices, choose, defaults, type Preferences, preferences } from "../core/preferences.ts";
import { announce } from "../core/status.ts";
import { W } from "../core/words.ts";
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

  protected override construct(): Hooks {
    const { t } = this;
    /** What brings each control in line with the choices. */
    const controls: ((now: Readonly<Preferences>) => void)[] = [];
    const only = h("input", { onchange: () => onlyArticle(this.reading, only.checked) });
    const summary = h("input");
    const code = h("input", { checked: true });
    const reader = h("a.button", { hidden: true }, t(W.simplePage));

    const set = (changes: Partial<Preferences>) => {
      choose(changes);
      this.tell("display", preferences());
    };

    const group = (legend: W, ...children: Node[]) => h("fieldset", h("legend", t(legend)), ...children);

    const swatches = choices.theme.map((theme, place) => {
      const input = h("input", { type: "radio", name: "theme", value: theme, onchange: () => set({ theme }) });
      controls.push((now) => (input.checked = now.theme === theme));
      // Each choice is shown in its own colours.
      return h("label", place > 0 && { "data-theme": theme }, input, t(W.theme_page + place));
    });

    /** A list of all that can be chosen; its words stand in strings.tsv from `first` on, else after the label. */
    const list = (label: W, key: keyof Preferences, first = label + 1) => {
      const values: readonly (string | number)[] = choices[key];
      const select = h("select", { onchange: () => set({ [key]: values[select.selectedIndex] }) }, ...values.map((value, place) => h("option", { value }, t(first + place))));
      controls.push((now) => (select.selectedIndex = values.indexOf(now[key])));
      return h("label.field", h("span", t(label)), select);
    };

    const tick = (label: W, checked: (now: Readonly<Preferences>) => boolean, change: (on: boolean) => Partial<Preferences>) => {
      const box = h("input", { onchange: () => set(change(box.checked)) });
      controls.push((now) => (box.checked = checked(now)));
      return check(t(label), box);
    };

    const print = (name: W, large: boolean) =>
      button("print", t(name), () => void printArticle(this.reading, { large, summary: summary.checked, code: code.checked }));

    const reset = () => {
      onlyArticle(this.reading, false);
      only.checked = summary.checked = false;
      code.checked = true;
      set(defaults);
      announce(t(W.wasReset), this.tongue);
    };

    this.inner.append(
      h("div.display",
        group(W.theme, h("div.swatches", ...swatches)),
        group(W.spacing,
          tick(W.spacious, (now) => spacings.every((key) => now[key] >= spacious[key]), (on) => (on ? spacious : { line: 0, letter: 0, word: 0, paragraph: 0 })),
          h("div.fields", list(W.font, "font"), list(W.width, "width"), ...spacings.map((key, place) => list(W.line + place, key, W.space_page)))),
        group(W.aids,
          check(t(W.only), only),
          tick(W.underlineTerms, ({ terms }) => terms > 0, (on) => ({ terms: on ? 1 : 0 })),
          h("div.fields", list(W.aid, "aid"), list(W.tint, "tint"))),
        group(W.print,
          h("div.row", print(W.print, false), print(W.printLarge, true)),
          check(t(W.printSummary), summary),
          check(t(W.printCode), code)),
        h("div.foot",
          h("details", h("summary", t(W.enlargeAll)),
            h("ul", ...[W.enlargeAndroid, W.enlargeIphone, W.enlargeComputer].map((way) => h("li", t(way)))),
            h("p.quiet", t(W.honesty))),
          h("div.row",
            button("reset", t(W.reset), reset),
            button("help", t(W.shortcuts), () => showShortcuts(this.tongue)),
            reader))),
    );
    return {
      present(reading) {
        const address = reading.addressOf("reader");
        h(reader, { href: address, hidden: !address });
        code.parentElement!.hidden = !reading.addressOf("qr");
      },
      adapt(now) {
        for (const control of controls) control(now);
      },
    };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "readable-display": ReadableDisplay;
  }
}

define("readable-display", ReadableDisplay);
