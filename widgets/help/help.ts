/** The list of shortcuts, in a dialog that closes with Esc and gives the focus back. */

import { define, h, language, ReadableElement } from "../core/element.ts";
import { icon } from "../core/icons.ts";
import { type Key, say } from "../core/words.ts";
import css from "./help.css";

const keys: [signs: string, means: Key][] = [
  ["+ − 0", "keySize"],
  ["N", "keyPlay"],
  ["arrows", "keySentence"],
  ["T, H", "keyPanels"],
  ["Esc", "keyEscape"],
  ["?", "keyHelp"],
];

class ReadableHelp extends ReadableElement {
  constructor() {
    super(css);
  }

  protected start(): void {
    const lang = language(this);
    const t = (key: Key) => say(lang, key);
    const list = h("dl");
    for (const [signs, means] of keys) {
      list.append(h("dt", {}, h("kbd", {}, signs === "arrows" ? t(signs) : signs)), h("dd", {}, t(means)));
    }
    const dialog = h("dialog", { "aria-labelledby": "title", onclose: () => this.remove() },
      h("div", { class: "body" },
        h("h2", { id: "title" }, t("shortcuts")),
        h("p", { class: "quiet" }, t("shortcutsNote")),
        list,
        h("form", { method: "dialog" }, h("button", { class: "main" }, icon("close"), t("close"))),
      ));
    this.view.append(dialog);
    dialog.showModal();
  }
}

/** Opens the dialog in the language of the element that asks. */
export function showShortcuts(asker: Element): void {
  const dialog = document.createElement("readable-help");
  dialog.setAttribute("language", language(asker));
  document.body.append(dialog);
}

define("readable-help", ReadableHelp);
