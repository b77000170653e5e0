/** `<readable-player>`: the article, or parts of it, read aloud, with the place shown in the article. */

import { fill } from "../article/blanks.ts";
import { check } from "../article/controls.ts";
import "../article/icons.ts";
import { button, define, h, ReadableElement, shapeButton, style } from "../core/element.ts";
import { icon } from "../core/icons.ts";
import { choose, keep, type Preferences, preferences, recall, step } from "../core/preferences.ts";
import type { Reading } from "../core/reading.ts";
import { adopt } from "../core/sheets.ts";
import { announce } from "../core/status.ts";
import { number, W } from "../core/words.ts";
import { articleAudio } from "./audio.ts";
import { deviceSpeech, deviceVoice } from "./device.ts";
import { type Follower, follower } from "./follow.ts";
import type { ReadableFromHere } from "./from-here.ts";
import "./from-here.ts";
import { announceMedia } from "./media-session.ts";
import dock from "./dock.css";
import css from "./player.css";
import { clock } from "./timeline.ts";
import type { Ear, Unit, Voice } from "./voice.ts";

/** Places that are kept at most, one an article; resuming within the first seconds would only confuse. */
const KEPT = 50;
const WORTH_KEEPING = 5000;
/** Height of the row of buttons: with that much out of sight, the player docks. In CSS pixels. */
const ROW = 56;

/** Milliseconds into the audio where one stopped, by the text's digest. */
const places = () => recall<Record<string, number>>("places", {});

/**
 * Attributes: `article` (address of the article's JSON), `language`.
 * Tells `readable-playing` with `{ playing, open }` and `readable-sentence` with `{ index }`.
 */
export class ReadablePlayer extends ReadableElement {
  static override css = css;

  #voice: Voice | undefined;
  #follower: Follower | undefined;
  #fromHere: ReadableFromHere | undefined;
  /** The audio that a press has started, and whether one has asked for sound. */
  #started: HTMLAudioElement | undefined;
  #asked = false;
  #selected: number[] = [];
  #frame = 0;
  #saved = 0;
  #index = -2;
  readonly #bar = h("div.player");
  readonly #slot = h("div.slot", this.#bar);
  readonly #time = h("span.time");
  readonly #note = h("p.note");
  readonly #range = h("input", { type: "range", max: 0, oninput: () => this.#voice?.go?.(this.#range.valueAsNumber * 1000) });
  readonly #speed = h("output", { "aria-live": "off" });
  readonly #follow = h("input", { onchange: () => choose({ follow: this.#follow.checked ? 1 : 0 }) });
  readonly #download = h("a.button", { download: "" });
  readonly #ear: Ear = {
    changed: () => this.#draw(),
    ended: () => {
      this.#savePlace(0);
      announce(this.t(W.ended), this.tongue);
      this.#draw();
    },
    failed: async (seconds) => {
      this.#say(seconds ? this.t(W.speechBusy, seconds) : this.t(W.speechFailed));
      this.#draw();
      this.#useDevice.hidden = !(await deviceVoice());
    },
  };
  #toggle!: HTMLElement;
  #selection!: HTMLElement;
  #restart!: HTMLElement;
  #useDevice!: HTMLElement;

  protected override start(): void {
    const named = (shape: string, word: W, press: () => void) => button(shape, this.t(word), press);
    const offer = (shape: string, word: W, press: () => void) => h(named(shape, word, press), { hidden: true });
    const skip = (shape: "previous" | "next", word: W, unit: Unit) => {
      const direction = shape === "next" ? 1 : -1;
      // On a narrow line the words are hidden; the name stays.
      return h(named(shape, word, () => this.#voice?.skip(direction, unit)), { "aria-label": this.t(word) });
    };
    const speed = (shape: "plus" | "minus", word: W) => shapeButton(shape, this.t(word), () => this.#changeSpeed(shape === "plus" ? 1 : -1));
    this.#toggle = h(named("play", W.resume, () => this.toggle()), { className: "main name" });
    this.#restart = offer("reset", W.restart, () => this.#fromStart());
    this.#selection = offer("play", W.selection, () => this.listenTo(this.#selected));
    this.#useDevice = offer("play", W.useDevice, () => void this.#device([0], true));
    h(this.#range, { "aria-label": this.t(W.position) });
    h(
      this.#bar,
      h("div.now",
        skip("previous", W.previous, "sentence"), this.#toggle, skip("next", W.next, "sentence"),
        h(shapeButton("close", this.t(W.closePlayer), () => this.close()), { className: "close" })),
      h("div.at", this.#range, this.#time),
      this.#note,
      h("div.more",
        h("div.speed", { role: "group", "aria-labelledby": "speed" },
          h("span", { id: "speed" }, this.t(W.speed)), speed("minus", W.slower), this.#speed, speed("plus", W.faster)),
        this.#restart, this.#selection, this.#useDevice),
      h("details", h("summary", this.t(W.moreListening)),
        h("div.more",
          skip("previous", W.previousParagraph, "paragraph"), skip("next", W.nextParagraph, "paragraph"),
          h(this.#download, icon("download"), this.t(W.download)),
          check(this.t(W.follow), this.#follow))),
    );
    h(this.view, { onkeydown: (event: KeyboardEvent) => this.#key(event) }, h(this.#slot, { role: "group", "aria-label": this.t(W.player) }));
    this.#draw();
  }

  protected override update({ speed, follow }: Readonly<Preferences>): void {
    if (this.#voice) this.#voice.rate = speed;
    this.#speed.textContent = this.t(W.times, number(this.tongue, speed));
    this.#follow.checked = follow > 0;
  }

  /** Takes an article, and the audio that the press has already started. */
  begin(article: Reading, audio?: HTMLAudioElement, play = true): void {
    this.#started = audio;
    this.#asked = play;
    this.reading = article;
  }

  protected override show(reading: Reading): void {
    const source = reading.link("audio");
    h(this.#download, { href: source, hidden: !source });
    this.#follower = follower(reading);
    this.#fromHere = h("readable-from-here", { language: this.tongue });
    this.#fromHere.begin(reading, {
      play: (sentences, on) => this.#read(sentences, on),
      select: (sentences) => {
        this.#selected = sentences;
        this.#selection.hidden = !sentences.length;
      },
    });
    reading.addEventListener("close", () => this.close());
    this.#accompany();
    if (source) this.#stream(reading, source);
    else if (this.#asked) void this.#device([0], true);
  }

  /** Listens to the audio that a press has started, or to one of our own. */
  #stream(reading: Reading, source: string): void {
    const audio = this.#started ?? new Audio();
    if (!this.#started) {
      if (!this.#asked) audio.preload = "none";
      audio.src = source;
    }
    const voice = articleAudio(reading, audio, this.#ear);
    this.#use(voice);
    announceMedia(reading, voice);
    if (!this.#asked) return;
    if (!this.#started) voice.play();
    // In this very text one may have stopped somewhere.
    const ms = places()[reading.article.digest] ?? 0;
    if (ms < WORTH_KEEPING) return;
    voice.go(ms);
    this.#restart.hidden = false;
    this.#say(this.t(W.resumedAt, clock(ms)));
  }

  #use(voice: Voice): void {
    this.#voice = voice;
    voice.rate = preferences().speed;
    this.#draw();
  }

  protected override join(): (() => void)[] {
    this.#accompany();
    // Docked only while it plays and its own place is out of sight.
    const watcher = new IntersectionObserver(([entry]) => {
      const { top } = entry!.boundingClientRect;
      this.#slot.classList.toggle("away", top < -ROW || top > innerHeight - ROW);
      this.#dock();
    }, { threshold: [0, 0.2, 0.4, 0.6, 0.8, 1] });
    watcher.observe(this);
    return [() => watcher.disconnect(), () => this.#leave()];
  }

  #accompany(): void {
    const button = this.#fromHere;
    if (button && this.isConnected && !button.isConnected) document.body.append(button);
  }

  #leave(): void {
    this.#fromHere?.remove();
    this.#undock();
  }

  override focus(): void {
    this.#toggle.focus();
  }

  /** Pauses or goes on. */
  toggle(): void {
    if (this.#voice?.playing) this.#voice.pause();
    else this.#voice?.play();
  }

  /** Plays from a sentence on. */
  playFrom(sentence: number): void {
    this.#read([sentence], true);
  }

  /** Plays these sentences only: a selection, or what a summary stands on. */
  listenTo(sentences: readonly number[]): void {
    this.#read(sentences, false);
  }

  #read(sentences: readonly number[], on: boolean): void {
    if (this.#voice) this.#voice.read(sentences, on);
    else void this.#device(sentences, on);
  }

  #fromStart(): void {
    this.#restart.hidden = true;
    this.#voice?.go?.(0);
  }

  #changeSpeed(direction: 1 | -1): void {
    const speed = step("speed", direction);
    choose({ speed });
    announce(this.t(W.speedNow, number(this.tongue, speed)), this.tongue);
  }

  #savePlace(ms: number): void {
    const { digest } = this.reading!.article;
    const kept = places();
    delete kept[digest];
    if (ms > WORTH_KEEPING) kept[digest] = Math.round(ms);
    keep("places", Object.fromEntries(Object.entries(kept).slice(-KEPT)));
  }

  #say(text: string): void {
    this.#note.textContent = text;
    announce(text, this.tongue);
  }

  /** Speaks with the device's voice, if it has a Vietnamese one; never with another. */
  async #device(sentences: readonly number[], on: boolean): Promise<void> {
    const voice = await deviceVoice();
    this.#useDevice.hidden = true;
    if (!voice) return this.#say(this.t(W.noVoice));
    this.#voice?.close();
    this.#use(deviceSpeech(this.reading!, voice, this.#ear));
    this.#say(this.t(W.deviceVoice));
    this.#read(sentences, on);
  }

  /** Brings the words, the time and the highlight to where the voice is. */
  #draw(): void {
    const { playing = false, waiting } = this.#voice ?? {};
    this.#toggle.firstElementChild!.replaceWith(icon(playing ? "pause" : "play"));
    this.#toggle.lastElementChild!.textContent = this.t(playing ? W.pause : W.resume);
    const preparing = this.t(W.preparing);
    if (playing && waiting) this.#note.textContent = preparing;
    else if (this.#note.textContent === preparing) this.#note.textContent = "";
    this.tell("playing", { playing, open: true });
    this.#dock();
    cancelAnimationFrame(this.#frame);
    this.#tick();
  }

  #tick(): void {
    if (!this.#voice) return;
    const { ms, durationMs = 0, spoken, playing } = this.#voice;
    this.#range.hidden = ms === undefined;
    if (spoken) {
      this.#follower!.show(spoken);
      if (spoken[0] !== this.#index) this.tell("sentence", { index: (this.#index = spoken[0]) });
    }
    if (ms === undefined) return;
    this.#drawTime(ms, durationMs);
    if (!playing) return;
    if (Math.abs(ms - this.#saved) > WORTH_KEEPING) this.#savePlace((this.#saved = ms));
    this.#frame = requestAnimationFrame(() => this.#tick());
  }

  #drawTime(ms: number, durationMs: number): void {
    const [now, whole] = [clock(ms), clock(durationMs)];
    const text = durationMs ? `${now} / ${whole}` : now;
    if (this.#time.textContent === text) return;
    this.#time.textContent = text;
    h(this.#range, {
      disabled: !durationMs, max: Math.ceil(durationMs / 1000), value: Math.floor(ms / 1000),
      "aria-valuetext": this.t(W.positionNow, now, whole),
    });
  }

  #dock(): void {
    const { classList } = this.#slot;
    const docked = Boolean(this.#voice?.playing) && classList.contains("away");
    if (docked === classList.contains("docked")) return;
    if (!docked) return this.#undock();
    // The place keeps its height, so nothing on the page moves.
    style(this.#slot, "min-height", `${this.#slot.offsetHeight}px`);
    classList.add("docked");
    adopt(document, "dock", fill(dock, { height: `${this.#bar.offsetHeight}px` }));
  }

  #undock(): void {
    this.#slot.classList.remove("docked");
    style(this.#slot, "min-height", "");
    adopt(document, "dock", "");
  }

  #key(event: KeyboardEvent): void {
    const { key, shiftKey, ctrlKey, altKey, metaKey } = event;
    if (ctrlKey || altKey || metaKey || event.composedPath()[0] instanceof HTMLInputElement) return;
    const direction = { ArrowLeft: -1, ArrowRight: 1 }[key] as 1 | -1 | undefined;
    if (direction) {
      event.preventDefault();
      this.#voice?.skip(direction, shiftKey ? "paragraph" : "sentence");
    } else if (key === "Escape") {
      event.stopPropagation();
      this.close();
    }
  }

  /** Falls silent and takes its marks off the page. */
  close(): void {
    const { playing, ms } = this.#voice ?? {};
    if (playing && ms) this.#savePlace(ms);
    cancelAnimationFrame(this.#frame);
    this.#voice?.close();
    this.#voice = undefined;
    this.#follower?.close();
    this.#leave();
    this.tell("playing", { playing: false, open: false });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "readable-player": ReadablePlayer;
  }
}

define("readable-player", ReadablePlayer);
