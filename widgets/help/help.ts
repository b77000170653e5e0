/** Help and the list of shortcuts, in one dialog that closes with Esc and gives the focus back. */

import { define, h, language, ReadableElement } from "../core/element.ts";
import { icon } from "../core/icons.ts";
import { addWords, type Key, say } from "../core/words.ts";
import * as words from "../generated/panel.ts";
import css from "./help.css";

addWords(words);

const keys: [keys: string[], means: Key][] = [
  [["+", "−", "0"], "keySize"],
  [["N"], "keyPlay"],
  [["←", "→"], "keySentence"],
  [["T", "H"], "keyPanels"],
  [["Esc"], "keyEscape"],
  [["?"], "keyHelp"],
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
      list.append(h("dt", {}, ...signs.map((sign) => h("kbd", {}, sign))), h("dd", {}, t(means)));
    }
    const dialog = h("dialog", { "aria-labelledby": "title", onclose: () => this.remove() },
      h("div", { class: "body" },
        h("h2", { id: "title" }, t("help")),
        h("section", {}, h("h3", {}, t("enlargeAll")), h("ul", {}, ...(["enlargeAndroid", "enlargeIphone", "enlargeComputer"] as const).map((key) => h("li", {}, t(key))))),
        h("section", {}, h("h3", {}, t("shortcuts")), h("p", { class: "quiet" }, t("shortcutsNote")), list),
        h("p", { class: "quiet" }, t("honesty")),
        h("form", { method: "dialog" }, h("button", { class: "main" }, icon("close"), t("close"))),
      ));
    this.view.append(dialog);
    dialog.showModal();
  }
}

/** Opens the dialog in the language of the element that asks. */
export function showHelp(asker: Element): void {
  const dialog = document.createElement("readable-help");
  dialog.setAttribute("language", language(asker));
  document.body.append(dialog);
}

export { showHelp as showShortcuts };

define("readable-help", ReadableHelp);
