/** `<readable-toolbar>`: the bar over an article: text size, listen, summary, display. */

import { define, h, language, ReadableElement } from "../core/element.ts";
import { icon } from "../core/icons.ts";
import type { Preferences } from "../core/preferences.ts";
import { type Reading, reading } from "../core/reading.ts";
import { announce } from "../core/status.ts";
import { say, withWords } from "../core/words.ts";
import type { ReadablePlayer } from "../player/player.ts";
import { late, rare, withLate } from "../parts.ts";
import type { ReadableSize } from "../size/size.ts";
import "../size/size.ts";
import css from "./toolbar.css";

type PanelName = "summary" | "display";

/**
 * Attributes: `article` (address of the article's JSON; or set `reading`), `language` (vi, en).
 * Tells `readable-open` with `{ panel }` ("" when closed), and what its parts tell.
 */
export class ReadableToolbar extends ReadableElement {
  #current: Reading | undefined;
  readonly #size = document.createElement("readable-size") as ReadableSize;
  readonly #openers = new Map<PanelName, HTMLButtonElement>();
  readonly #panel = h("div", { class: "panel", hidden: true });
  readonly #playerPlace = h("div");
  #listen!: HTMLButtonElement;
  #player: ReadablePlayer | undefined;
  #shown: PanelName | "" = "";
  #lang = "vi";

  constructor() {
    super(css, true);
  }

  get reading(): Reading | undefined {
    return this.#current;
  }

  set reading(value: Reading | undefined) {
    this.#current = value;
    this.#fill();
  }

  protected start(): void {
    this.#lang = language(this);
    this.view.setAttribute("role", "region");
    this.view.setAttribute("aria-label", say(this.#lang, "toolbar"));
    this.view.addEventListener("keydown", (event) => this.#key(event));
    this.view.addEventListener("readable-listen", ((event: CustomEvent<{ sentences: number[] }>) => this.play(event.detail.sentences)) as EventListener);
    this.#listen = h("button", { type: "button", class: "main", onclick: () => this.play() });
    this.view.append(
      h("div", { class: "bar" }, this.#size, h("div", { class: "openers" }, this.#listen, this.#opener("summary", "summary"), this.#opener("display", "display"))),
      this.#playerPlace,
      this.#panel,
    );
    const address = this.getAttribute("article");
    if (address && !this.#current) {
      reading(address, this.getRootNode() as Document | ShadowRoot)
        .then((found) => (this.reading = found))
        .catch(() => (this.hidden = true));
    }
    this.#fill();
  }

  protected override update(_now: Readonly<Preferences>): void {}

  #opener(name: PanelName, shape: string): HTMLButtonElement {
    const button = h(
      "button",
      { type: "button", "aria-expanded": "false", onclick: () => void this.open(this.#shown === name ? "" : name) },
      icon(shape), say(this.#lang, name),
    );
    this.#openers.set(name, button);
    return button;
  }

  /** Shows what this article has: no Listen where nothing can speak, no Summary where none is made. */
  #fill(): void {
    // Out of sight until it is known what this article has: nothing in the bar moves then.
    this.view.classList.toggle("blank", !this.#current);
    if (!this.#listen || !this.#current) return;
    const { article } = this.#current;
    this.#current.language = this.#lang;
    this.#openers.get("summary")!.hidden = !this.#current.link("summary");
    const minutes = article.minutes?.listen;
    this.#listen.replaceChildren(
      icon("play"),
      h("span", {}, say(this.#lang, "listen")),
      minutes ? h("span", { class: "minutes" }, `· ${say(this.#lang, "minutes", minutes)}`) : "",
    );
    // The player is fetched when the page is at rest, so that a press finds it there.
    const idle = window.requestIdleCallback ?? ((then: () => void) => setTimeout(then, 300));
    const current = this.#current;
    idle(() => withWords(this.#lang, () => void late().then(({ dress }) => dress(current))));
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
    const source = this.#current?.link("audio");
    const audio = source ? new Audio(source) : undefined;
    if (audio) {
      audio.muted = Boolean(sentences);
      audio.play().catch(() => undefined);
    }
    late()
      .then(() => withWords(this.#lang, () => this.#startPlayer(audio, sentences)))
      .catch(() => announce(say(this.#lang, "unavailable"), this.#lang));
  }

  #startPlayer(audio: HTMLAudioElement | undefined, sentences: readonly number[] | undefined): void {
    if (this.#player || !this.#current) return;
    const player = (this.#player = document.createElement("readable-player") as ReadablePlayer);
    player.addEventListener("readable-playing", ((event: CustomEvent<{ open: boolean }>) => this.#onPlaying(event.detail.open)) as EventListener);
    this.#playerPlace.append(player);
    player.begin(this.#current, audio, !sentences);
    if (sentences) player.listenTo(sentences);
    // The button has become the player: the focus goes along.
    const focused = this.shadowRoot!.activeElement === this.#listen;
    this.#listen.hidden = true;
    if (focused) player.focus();
  }

  #onPlaying(open: boolean): void {
    if (!open) {
      this.#player?.remove();
      this.#player = undefined;
      this.#listen.hidden = false;
      this.#listen.focus();
      return;
    }
  }

  /** Opens one of the panels in place of the other; "" closes. */
  async open(name: PanelName | ""): Promise<void> {
    const before = this.#shown;
    this.#shown = name;
    for (const [key, button] of this.#openers) button.setAttribute("aria-expanded", String(key === name));
    this.tell("open", { panel: name });
    if (!name) {
      this.#panel.hidden = true;
      if (before && this.#panel.contains(this.shadowRoot!.activeElement)) this.#openers.get(before)!.focus();
      this.#panel.replaceChildren();
      return;
    }
    try {
      await late();
    } catch {
      announce(say(this.#lang, "unavailable"), this.#lang);
      this.#panel.replaceChildren(h("p", { class: "wait" }, say(this.#lang, "unavailable")));
      this.#panel.hidden = false;
      return;
    }
    if (this.#shown !== name) return;
    const element = document.createElement(`readable-${name}`) as HTMLElement & { reading?: Reading | undefined; listen?: (sentences: number[]) => void };
    element.reading = this.#current;
    this.#panel.replaceChildren(element);
    this.#panel.hidden = false;
  }

  /** Keys work only while the focus is in here (WCAG 2.1.4). */
  #key(event: KeyboardEvent): void {
    if (event.key === "Escape" && this.#shown) {
      const button = this.#openers.get(this.#shown)!;
      void this.open("");
      button.focus();
      event.stopPropagation();
      return;
    }
    const target = event.composedPath()[0] as HTMLElement;
    if (event.ctrlKey || event.altKey || event.metaKey || target.matches("input,select,textarea")) return;
    const actions: Record<string, () => void> = {
      "+": () => this.#size.change(1),
      "=": () => this.#size.change(1),
      "-": () => this.#size.change(-1),
      "0": () => this.#size.change(0),
      n: () => this.play(),
      t: () => void this.open(this.#shown === "summary" ? "" : "summary"),
      h: () => void this.open(this.#shown === "display" ? "" : "display"),
      "?": () => withLate(() => void rare().then(({ showShortcuts }) => showShortcuts(this))),
    };
    const action = actions[event.key.toLowerCase()];
    if (!action) return;
    event.preventDefault();
    action();
  }
}

export { mount } from "./mount.ts";

define("readable-toolbar", ReadableToolbar);
