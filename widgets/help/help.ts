/** The list of shortcuts, in a dialog that closes with Esc and gives the focus back. */

import { define, h, ReadableElement } from "../core/element.ts";
import { icon } from "../core/icons.ts";
import { type Language, W } from "../core/words.ts";
import css from "./help.css";

class ReadableHelp extends ReadableElement {
  static override css = css;

  protected override start(): void {
    const keys: [signs: string, means: W][] = [
      ["+ − 0", W.keySize],
      ["N", W.keyPlay],
      [this.t(W.arrows), W.keySentence],
      ["T, H", W.keyPanels],
      ["Esc", W.keyEscape],
      ["?", W.keyHelp],
    ];
    const dialog = h("dialog", { "aria-labelledby": "title", onclose: () => this.remove() },
      h("div.body",
        h("h2", { id: "title" }, this.t(W.shortcuts)),
        h("p.quiet", this.t(W.shortcutsNote)),
        h("dl", ...keys.flatMap(([signs, means]) => [h("dt", h("kbd", signs)), h("dd", this.t(means))])),
        h("form", { method: "dialog" }, h("button.main", icon("close"), this.t(W.close))),
      ));
    this.view.append(dialog);
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
