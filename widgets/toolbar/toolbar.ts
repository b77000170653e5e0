/** `<readable-toolbar>`: the bar over an article: text size, listen, summary, display. */

import { button, define, h, type Hooks, ReadableElement, shortcut } from "../core/element.ts";
import { icon } from "../core/icons.ts";
import { announce } from "../core/status.ts";
import { W, withWords } from "../core/words.ts";
import { late, withLate } from "../parts.ts";
import type { ReadablePlayer } from "../player/player.ts";
import "../size/size.ts";
import css from "./toolbar.css";

type PanelName = "summary" | "display";

/**
 * Attributes: `article` (address of the article's JSON; or set `reading`), `language` (vi, en).
 * Tells `readable-open` with `{ panel }` ("" when closed), and what its parts tell.
 */
export class ReadableToolbar extends ReadableElement {
  static override css = css;
  static override early = true;

  /**
   * Starts, pauses or goes on; with sentences, plays only those. The sound starts within the press, as some
   * browsers allow it only then; muted until it has found the sentences that were asked for.
   */
  declare play: (sentences?: readonly number[]) => void;
  /** Opens one of the panels in place of the other; "" closes. */
  declare open: (name: PanelName | "") => Promise<void>;

  protected override construct(): Hooks {
    const { t } = this;
    const size = h("readable-size");
    const listen = h("button.main", { onclick: () => this.play() });
    const playerPlace = h("div");
    const panel = h("div.panel", { hidden: true });
    const opener = (name: PanelName, word: W) => h(button(name, t(word), () => turn(name)), { "aria-expanded": false });
    const openers = { summary: opener("summary", W.summary), display: opener("display", W.display) };
    let player: ReadablePlayer | undefined;
    let shown: PanelName | "" = "";

    const focused = () => this.shadowRoot!.activeElement;
    const unavailable = () => announce(t(W.unavailable), this.tongue);

    const startPlayer = (audio: HTMLAudioElement | undefined, sentences: readonly number[] | undefined) => {
      if (player || !this.reading) return;
      playerPlace.append((player = h("readable-player")));
      player.begin(this.reading, audio, !sentences);
      if (sentences) player.listenTo(sentences);
      // The button has become the player: the focus goes along.
      const along = focused() === listen;
      listen.hidden = true;
      if (along) player.focus();
    };

    const endPlayer = () => {
      player?.remove();
      player = undefined;
      listen.hidden = false;
      listen.focus();
    };

    this.play = (sentences) => {
      if (player) return sentences ? player.listenTo(sentences) : player.toggle();
      const source = this.reading?.addressOf("audio");
      const audio = source && new Audio(source);
      if (audio) {
        audio.muted = Boolean(sentences);
        audio.play().catch(() => undefined);
      }
      late().then(() => withWords(this.tongue, () => startPlayer(audio || undefined, sentences))).catch(unavailable);
    };

    this.open = async (name) => {
      const before = shown;
      const within = panel.contains(focused());
      shown = name;
      for (const each in openers) h(openers[each as PanelName], { "aria-expanded": each === name });
      this.tell("open", { panel: name });
      let content: Node | string = "";
      if (name) {
        try {
          await late();
          content = h(`readable-${name}`, { reading: this.reading });
        } catch {
          unavailable();
          content = h("p.wait", t(W.unavailable));
        }
      } else if (before && within) openers[before].focus();
      if (shown !== name) return;
      panel.replaceChildren(content);
      panel.hidden = !name;
    };

    /** Opens a panel, or closes it if it is the one that is open. */
    const turn = (name: PanelName) => void this.open(shown === name ? "" : name);

    const actions: Record<string, () => void> = {
      "+": () => size.change(1),
      "=": () => size.change(1),
      "-": () => size.change(-1),
      "0": () => size.change(0),
      n: () => this.play(),
      t: () => turn("summary"),
      h: () => turn("display"),
      "?": () => withLate(({ showShortcuts }) => showShortcuts(this.tongue)),
    };

    /** Keys work only while the focus is in here (WCAG 2.1.4). */
    const key = (event: KeyboardEvent) => {
      if (event.key === "Escape" && shown) {
        openers[shown].focus();
        void this.open("");
        event.stopPropagation();
        return;
      }
      const action = actions[shortcut(event).toLowerCase()];
      if (!action) return;
      event.preventDefault();
      action();
    };

    h(
      this.inner,
      {
        // Out of sight until it is known what this article has: nothing in the bar moves then.
        className: "root blank", role: "region", "aria-label": t(W.toolbar), onkeydown: key,
        "onreadable-listen": ({ detail }: CustomEvent<{ sentences: number[] }>) => this.play(detail.sentences),
        "onreadable-playing": ({ detail }: CustomEvent<{ open: boolean }>) => detail.open || endPlayer(),
      },
      h("div.bar", size, h("div.openers", listen, openers.summary, openers.display)),
      playerPlace,
      panel,
    );

    return {
      miss: () => (this.hidden = true),
      /** Shows what this article has: no Summary where none is made, and how long listening takes. */
      present: (reading) => {
        this.inner.className = "root";
        openers.summary.hidden = !reading.addressOf("summary");
        const minutes = reading.article.minutes?.listen;
        listen.replaceChildren(icon("play"), h("span", t(W.listen)), minutes ? h("span.minutes", `· ${t(W.minutes, minutes)}`) : "");
        // What opens later is fetched when the page is at rest, so that a press finds it there.
        const idle = window.requestIdleCallback ?? ((then: () => void) => setTimeout(then, 300));
        idle(() => withWords(this.tongue, () => reading.dress()));
      },
    };
  }
}

export { mount } from "./mount.ts";

declare global {
  interface HTMLElementTagNameMap {
    "readable-toolbar": ReadableToolbar;
  }
}

define("readable-toolbar", ReadableToolbar);
