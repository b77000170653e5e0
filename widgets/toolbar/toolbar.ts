/** `<readable-toolbar>`: the bar over an article: text size, listen, summary, display. */

import { button, define, h, ReadableElement } from "../core/element.ts";
import { icon } from "../core/icons.ts";
import type { Reading } from "../core/reading.ts";
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

  readonly #size = h("readable-size");
  readonly #listen = h("button.main", { onclick: () => this.play() });
  readonly #playerPlace = h("div");
  readonly #panel = h("div.panel", { hidden: true });
  #openers!: Record<PanelName, HTMLButtonElement>;
  #player: ReadablePlayer | undefined;
  #shown: PanelName | "" = "";

  protected override start(): void {
    const opener = (name: PanelName, word: W) => h(button(name, this.t(word), () => this.#turn(name)), { "aria-expanded": false });
    this.#openers = { summary: opener("summary", W.summary), display: opener("display", W.display) };
    h(
      this.view,
      {
        // Out of sight until it is known what this article has: nothing in the bar moves then.
        className: "root blank", role: "region", "aria-label": this.t(W.toolbar),
        onkeydown: (event: KeyboardEvent) => this.#key(event),
        "onreadable-listen": ({ detail }: CustomEvent<{ sentences: number[] }>) => this.play(detail.sentences),
        "onreadable-playing": ({ detail }: CustomEvent<{ open: boolean }>) => detail.open || this.#endPlayer(),
      },
      h("div.bar", this.#size, h("div.openers", this.#listen, this.#openers.summary, this.#openers.display)),
      this.#playerPlace,
      this.#panel,
    );
  }

  protected override miss(): void {
    this.hidden = true;
  }

  /** Shows what this article has: no Summary where none is made, and how long listening takes. */
  protected override show(reading: Reading): void {
    this.view.className = "root";
    reading.language = this.tongue;
    this.#openers.summary.hidden = !reading.link("summary");
    const minutes = reading.article.minutes?.listen;
    this.#listen.replaceChildren(icon("play"), h("span", this.t(W.listen)), minutes ? h("span.minutes", `· ${this.t(W.minutes, minutes)}`) : "");
    // What opens later is fetched when the page is at rest, so that a press finds it there.
    const idle = window.requestIdleCallback ?? ((then: () => void) => setTimeout(then, 300));
    idle(() => withWords(this.tongue, () => reading.dress()));
  }

  #unavailable(): void {
    announce(this.t(W.unavailable), this.tongue);
  }

  /**
   * Starts, pauses or goes on; with sentences, plays only those. The sound starts within the press, as some
   * browsers allow it only then; muted until it has found the sentences that were asked for.
   */
  play(sentences?: readonly number[]): void {
    if (this.#player) {
      if (sentences) this.#player.listenTo(sentences);
      else this.#player.toggle();
      return;
    }
    const source = this.reading?.link("audio");
    const audio = source ? new Audio(source) : undefined;
    if (audio) {
      audio.muted = Boolean(sentences);
      audio.play().catch(() => undefined);
    }
    late()
      .then(() => withWords(this.tongue, () => this.#startPlayer(audio, sentences)))
      .catch(() => this.#unavailable());
  }

  #startPlayer(audio: HTMLAudioElement | undefined, sentences: readonly number[] | undefined): void {
    if (this.#player || !this.reading) return;
    const player = (this.#player = h("readable-player"));
    this.#playerPlace.append(player);
    player.begin(this.reading, audio, !sentences);
    if (sentences) player.listenTo(sentences);
    // The button has become the player: the focus goes along.
    const focused = this.shadowRoot!.activeElement === this.#listen;
    this.#listen.hidden = true;
    if (focused) player.focus();
  }

  #endPlayer(): void {
    this.#player?.remove();
    this.#player = undefined;
    this.#listen.hidden = false;
    this.#listen.focus();
  }

  /** Opens a panel, or closes it if it is the one that is open. */
  #turn(name: PanelName): void {
    void this.open(this.#shown === name ? "" : name);
  }

  /** Opens one of the panels in place of the other; "" closes. */
  async open(name: PanelName | ""): Promise<void> {
    const before = this.#shown;
    const within = this.#panel.contains(this.shadowRoot!.activeElement);
    this.#shown = name;
    for (const each of ["summary", "display"] as const) h(this.#openers[each], { "aria-expanded": each === name });
    this.tell("open", { panel: name });
    let content: Node | string = "";
    if (name) {
      try {
        await late();
        content = h(`readable-${name}`, { reading: this.reading });
      } catch {
        this.#unavailable();
        content = h("p.wait", this.t(W.unavailable));
      }
    } else if (before && within) this.#openers[before].focus();
    if (this.#shown !== name) return;
    this.#panel.replaceChildren(content);
    this.#panel.hidden = !name;
  }

  /** Keys work only while the focus is in here (WCAG 2.1.4). */
  #key(event: KeyboardEvent): void {
    const { key, ctrlKey, altKey, metaKey } = event;
    const shown = this.#shown;
    if (key === "Escape" && shown) {
      void this.open("");
      this.#openers[shown].focus();
      event.stopPropagation();
      return;
    }
    const target = event.composedPath()[0] as HTMLElement;
    if (ctrlKey || altKey || metaKey || target.matches("input,select,textarea")) return;
    const actions: Record<string, () => void> = {
      "+": () => this.#size.change(1),
      "=": () => this.#size.change(1),
      "-": () => this.#size.change(-1),
      "0": () => this.#size.change(0),
      n: () => this.play(),
      t: () => this.#turn("summary"),
      h: () => this.#turn("display"),
      "?": () => withLate(({ showShortcuts }) => showShortcuts(this.tongue)),
    };
    const action = actions[key.toLowerCase()];
    if (!action) return;
    event.preventDefault();
    action();
  }
}

export { mount } from "./mount.ts";

declare global {
  interface HTMLElementTagNameMap {
    "readable-toolbar": ReadableToolbar;
  }
}

define("readable-toolbar", ReadableToolbar);
