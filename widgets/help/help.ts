/** The list of shortcuts, in a dialog that closes with Esc and gives the focus back. */

import { define, h, ReadableElement } from "../core/element.ts";
import { icon } from "../core/icons.ts";
import { type Language, W } from "../core/words.ts";
import css from "./help.css";

class ReadableHelp extends ReadableElement {
  static override css = css;

  protected override construct(): void {
    const { t } = this;
    // The words of these keys stand in strings.tsv in this order.
    const keys = ["+ − 0", "N", t(W.arrows), "T, H", "Esc", "?"];
    const dialog = h("dialog", { "aria-labelledby": "title", onclose: () => this.remove() },
      h("div.body",
        h("h2", { id: "title" }, t(W.shortcuts)),
        h("p.quiet", t(W.shortcutsNote)),
        h("dl", ...keys.flatMap((signs, place) => [h("dt", h("kbd", signs)), h("dd", t(place ? W.keyPlay - 1 + place : W.size))])),
        h("form", { method: "dialog" }, h("button.main", icon("close"), t(W.close))),
      ));
    this.inner.append(dialog);
    dialog.showModal();
  }
}

/** Opens the dialog. */
export function showShortcuts(language: Language): void {
  document.body.append(h("readable-help", { language }));
}

declare global {
  interface HTMLElementTagNameMap {
    "readable-help": ReadableHelp;
  }
}

define("readable-help", ReadableHelp);
