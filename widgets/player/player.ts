/** `<readable-player>`: the article, or parts of it, read aloud, with the place shown in the article. */

import { define, h, language, ReadableElement } from "../core/element.ts";
import { changeIcon, icon } from "../core/icons.ts";
import { choose, keep, type Preferences, preferences, recall, speeds, step } from "../core/preferences.ts";
import { type Reading, reading } from "../core/reading.ts";
import { adopt } from "../core/sheets.ts";
import { announce } from "../core/status.ts";
import { clock, type Key, number, say } from "../core/words.ts";
import "../article/icons.ts";
import { rare } from "../parts.ts";
import { ArticleAudio, type SpeechProblem } from "./audio.ts";
import type { DeviceSpeech } from "./device.ts";
import { Follower } from "./follow.ts";
import { ReadableFromHere } from "./from-here.ts";
import { announceMedia } from "./media-session.ts";
import css from "./player.css";
import { wordAt } from "./timeline.ts";

/** Places that are kept at most, one an article; resuming within the first seconds would only confuse. */
const KEPT = 50;
const WORTH_KEEPING = 5000;
/** Height of the row of buttons: with that much out of sight, the player docks. In CSS pixels. */
const ROW = 56;

/**
 * Attributes: `article` (address of the article's JSON), `language`.
 * Tells `readable-playing` with `{ playing, open }` and `readable-sentence` with `{ index }`.
 */
export class ReadablePlayer extends ReadableElement {
  #reading: Reading | undefined;
  #voice: ArticleAudio | DeviceSpeech | undefined;
  #follower: Follower | undefined;
  #fromHere: ReadableFromHere | undefined;
  #selected: number[] = [];
  #frame = 0;
  #saved = 0;
  #index = -2;
  #lang = "vi";
  readonly #slot = h("div", { class: "slot" });
  readonly #time = h("span", { class: "time" });
  readonly #note = h("p", { class: "note" });
  readonly #toggleButton = h("button", { type: "button", class: "main name", onclick: () => this.toggle() });
  readonly #range = h("input", { type: "range", min: "0", max: "0", step: "1" });
  readonly #speed = h("output", { "aria-live": "off" });
  readonly #follow = h("input", { type: "checkbox" });
  readonly #selection = h("button", { type: "button", hidden: true, onclick: () => this.listenTo(this.#selected) });
  readonly #restart = h("button", { type: "button", hidden: true, onclick: () => this.#fromStart() });
  readonly #useDevice = h("button", { type: "button", hidden: true, onclick: () => void this.#device() });
  readonly #download = h("a", { class: "button", download: "", hidden: true });
  #watcher: IntersectionObserver | undefined;

  constructor() {
    super(css);
  }

  protected start(): void {
    this.#lang = language(this);
    const t = (key: Key, n?: string) => say(this.#lang, key, n);
    const button = (name: string, key: Key, press: () => void, shown = true) =>
      h("button", { type: "button", onclick: press, ...(shown ? {} : { "aria-label": t(key) }) }, icon(name), shown && h("span", { class: "word" }, t(key)));
    const skip = (direction: 1 | -1, unit: "sentence" | "paragraph") => () => this.#voice?.skip(direction, unit);
    this.#toggleButton.append(icon("pause"), h("span", { class: "word" }, t("pause")));
    const previous = button("previous", "previous", skip(-1, "sentence"));
    const next = button("next", "next", skip(1, "sentence"));
    for (const [each, key] of [[previous, "previous"], [next, "next"]] as const) each.setAttribute("aria-label", t(key));
    const close = button("close", "closePlayer", () => this.close(), false);
    close.classList.add("close");
    this.#range.setAttribute("aria-label", t("position"));
    this.#range.addEventListener("input", () => {
      if (this.#voice instanceof ArticleAudio) this.#voice.go(this.#range.valueAsNumber * 1000);
    });
    this.#selection.append(icon("play"), t("selection"));
    this.#restart.append(icon("reset"), t("restart"));
    this.#useDevice.append(icon("play"), t("deviceVoice"));
    this.#follow.addEventListener("change", () => choose({ follow: this.#follow.checked ? 1 : 0 }));
    const slower = button("minus", "slower", () => this.#changeSpeed(-1), false);
    const faster = button("plus", "faster", () => this.#changeSpeed(1), false);
    this.#download.append(icon("download"), t("download"));
    this.#slot.setAttribute("role", "group");
    this.#slot.setAttribute("aria-label", t("player"));
    this.#slot.append(
      h("div", { class: "player" },
        h("div", { class: "now" }, previous, this.#toggleButton, next, close),
        h("div", { class: "at" }, this.#range, this.#time),
        this.#note,
        h("div", { class: "more" },
          h("div", { class: "speed", role: "group", "aria-labelledby": "speed" }, h("span", { id: "speed" }, t("speed")), slower, this.#speed, faster),
          this.#restart, this.#selection, this.#useDevice,
        ),
        h("details", {}, h("summary", {}, t("moreListening")),
          h("div", { class: "more" },
            button("previous", "previousParagraph", skip(-1, "paragraph")),
            button("next", "nextParagraph", skip(1, "paragraph")),
            this.#download,
            h("label", { class: "check" }, this.#follow, t("follow")),
          )),
      ),
    );
    this.view.append(this.#slot);
    this.view.addEventListener("keydown", (event) => this.#key(event));
    const address = this.getAttribute("article");
    if (address && !this.#reading) {
      void reading(address, this.getRootNode() as Document | ShadowRoot).then((found) => this.begin(found, undefined, false));
    }
    queueMicrotask(() => this.#draw());
  }

  protected override update(now: Readonly<Preferences>): void {
    if (this.#voice) this.#voice.rate = now.speed;
    this.#speed.textContent = say(this.#lang, "times", number(this.#lang, now.speed));
    this.#follow.checked = now.follow === 1;
  }

  /** Takes an article, and the audio that the press has already started. */
  begin(article: Reading, audio: HTMLAudioElement | undefined, play = true): void {
    this.#reading = article;
    this.#follower = new Follower(article);
    article.addEventListener("close", () => this.close());
    const source = article.link("audio");
    this.#download.href = source;
    this.#download.hidden = !source;
    if (!source) {
      if (play) void this.#device();
      return;
    }
    const element = audio ?? new Audio(source);
    if (!audio && !play) element.preload = "none";
    this.#use(new ArticleAudio(article, element));
    if (play && !audio) (this.#voice as ArticleAudio).play();
    if (play) this.#resume();
    announceMedia(article, this.#voice as ArticleAudio);
  }

  #use(voice: ArticleAudio | DeviceSpeech): void {
    this.#voice = voice;
    voice.rate = preferences().speed;
    for (const name of ["change", "marks"]) voice.addEventListener(name, () => this.#draw());
    voice.addEventListener("end", () => {
      this.#savePlace(0);
      announce(say(this.#lang, "ended"), this.#lang);
      this.#draw();
    });
    voice.addEventListener("problem", ((event: CustomEvent<SpeechProblem>) => void this.#trouble(event.detail)) as EventListener);
    if (this.isConnected) this.#ready();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.#voice) this.#ready();
    // Docked only while it plays and its own place is out of sight.
    this.#watcher = new IntersectionObserver(([entry]) => {
      const { top } = entry!.boundingClientRect;
      this.#slot.classList.toggle("away", top < -ROW || top > innerHeight - ROW);
      this.#dock();
    }, { threshold: [0, 0.2, 0.4, 0.6, 0.8, 1] });
    this.#watcher.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watcher?.disconnect();
    this.#fromHere?.remove();
    this.#undock();
  }

  #ready(): void {
    if (this.#reading && !this.#fromHere) {
      this.#fromHere = document.createElement("readable-from-here") as ReadableFromHere;
      this.#fromHere.setAttribute("language", this.#lang);
      this.#fromHere.begin(this.#reading, (sentences, on) => (on ? this.playFrom(sentences[0]!) : this.listenTo(sentences)));
      this.#fromHere.addEventListener("selected", ((event: CustomEvent<number[]>) => {
        this.#selected = event.detail;
        this.#selection.hidden = !this.#selected.length;
      }) as EventListener);
    }
    if (this.#fromHere && !this.#fromHere.isConnected) document.body.append(this.#fromHere);
    this.#draw();
  }

  override focus(): void {
    this.#toggleButton.focus();
  }

  /** Pauses or goes on. */
  toggle(): void {
    if (this.#voice?.playing) this.#voice.pause();
    else this.#voice?.play();
  }

  playFrom(sentence: number): void {
    if (this.#voice instanceof ArticleAudio) this.#voice.playFrom(sentence);
    else this.#voice?.play(sentence);
  }

  /** Plays these sentences only: a selection, or what a summary stands on. */
  listenTo(sentences: readonly number[]): void {
    if (this.#voice instanceof ArticleAudio) this.#voice.playSentences(sentences);
    else if (this.#voice) this.#voice.play(sentences[0]);
    else void this.#device(sentences[0]);
  }

  #fromStart(): void {
    this.#restart.hidden = true;
    if (this.#voice instanceof ArticleAudio) this.#voice.go(0);
  }

  #changeSpeed(direction: 1 | -1): void {
    choose({ speed: step(speeds, preferences().speed, direction) });
    announce(say(this.#lang, "speedNow", number(this.#lang, preferences().speed)), this.#lang);
  }

  /** Goes to where one stopped in this very text. */
  #resume(): void {
    const ms = recall<Record<string, number>>("places", {})[this.#reading!.article.digest] ?? 0;
    if (ms < WORTH_KEEPING || !(this.#voice instanceof ArticleAudio)) return;
    this.#voice.go(ms);
    this.#restart.hidden = false;
    this.#say(say(this.#lang, "resumedAt", clock(ms)));
  }

  #savePlace(ms: number): void {
    const digest = this.#reading?.article.digest;
    if (!digest) return;
    const places = recall<Record<string, number>>("places", {});
    delete places[digest];
    if (ms > WORTH_KEEPING) places[digest] = Math.round(ms);
    keep("places", Object.fromEntries(Object.entries(places).slice(-KEPT)));
  }

  #say(text: string): void {
    this.#note.textContent = text;
    announce(text, this.#lang);
  }

  async #trouble(problem: SpeechProblem): Promise<void> {
    this.#say(problem.kind === "busy" ? say(this.#lang, "speechBusy", problem.seconds) : say(this.#lang, "speechFailed"));
    this.#useDevice.hidden = !(await (await rare()).deviceVoice());
    this.#draw();
  }

  /** Speaks with the device's voice, if it has a Vietnamese one; never with another. */
  async #device(from = 0): Promise<void> {
    const { DeviceSpeech, deviceVoice } = await rare();
    const voice = await deviceVoice();
    this.#useDevice.hidden = true;
    if (!voice) return this.#say(say(this.#lang, "noVoice"));
    if (this.#voice instanceof ArticleAudio) this.#voice.close();
    const speech = new DeviceSpeech(this.#reading!, voice);
    this.#use(speech);
    this.#say(say(this.#lang, "deviceVoice"));
    speech.play(from);
  }

  /** Brings the words, the time and the highlight to where the voice is. */
  #draw(): void {
    if (!this.started) return;
    const voice = this.#voice;
    const playing = voice?.playing ?? false;
    changeIcon(this.#toggleButton.querySelector("svg")!, playing ? "pause" : "play");
    this.#toggleButton.lastElementChild!.textContent = say(this.#lang, playing ? "pause" : "resume");
    if (voice instanceof ArticleAudio) {
      if (voice.waiting && playing) this.#note.textContent = say(this.#lang, "preparing");
      else if (this.#note.textContent === say(this.#lang, "preparing")) this.#note.textContent = "";
    }
    this.tell("playing", { playing, open: true });
    this.#dock();
    cancelAnimationFrame(this.#frame);
    this.#tick();
  }

  readonly #tick = (): void => {
    const voice = this.#voice;
    if (!voice) return;
    if (!(voice instanceof ArticleAudio)) {
      this.#follower?.show(voice.index);
      this.#range.hidden = true;
      return;
    }
    const { ms, mark } = voice;
    this.#drawTime(ms, voice.durationMs);
    if (mark && (voice.playing || ms > 0)) {
      const word = wordAt(mark.words, ms);
      this.#follower?.show(mark.index, word?.[2], word?.[3]);
      if (mark.index !== this.#index) this.tell("sentence", { index: (this.#index = mark.index) });
    }
    if (!voice.playing) return;
    if (Math.abs(ms - this.#saved) > WORTH_KEEPING) this.#savePlace((this.#saved = ms));
    this.#frame = requestAnimationFrame(this.#tick);
  };

  #drawTime(ms: number, durationMs: number): void {
    const text = durationMs ? `${clock(ms)} / ${clock(durationMs)}` : clock(ms);
    if (this.#time.textContent === text) return;
    this.#time.textContent = text;
    this.#range.disabled = !durationMs;
    this.#range.max = String(Math.ceil(durationMs / 1000));
    this.#range.value = String(Math.floor(ms / 1000));
    this.#range.setAttribute("aria-valuetext", say(this.#lang, "positionNow", clock(ms), clock(durationMs)));
  }

  #dock(): void {
    const docked = Boolean(this.#voice?.playing) && this.#slot.classList.contains("away");
    if (docked === this.#slot.classList.contains("docked")) return;
    if (!docked) return this.#undock();
    // The place keeps its height, so nothing on the page moves.
    this.#slot.style.setProperty("min-height", `${this.#slot.offsetHeight}px`);
    this.#slot.classList.add("docked");
    const bar = this.#slot.firstElementChild as HTMLElement;
    adopt(document, "dock", `html{scroll-padding-bottom:${bar.offsetHeight + 8}px!important}body::after{content:"";display:block;clear:both;height:${bar.offsetHeight}px}`);
  }

  #undock(): void {
    this.#slot.classList.remove("docked");
    this.#slot.style.removeProperty("min-height");
    adopt(document, "dock", "");
  }

  #key(event: KeyboardEvent): void {
    const target = event.composedPath()[0] as HTMLElement;
    if (event.ctrlKey || event.altKey || event.metaKey || target.matches("input")) return;
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      event.preventDefault();
      this.#voice?.skip(event.key === "ArrowLeft" ? -1 : 1, event.shiftKey ? "paragraph" : "sentence");
    } else if (event.key === "Escape") {
      event.stopPropagation();
      this.close();
    }
  }

  /** Falls silent and takes its marks off the page. */
  close(): void {
    if (this.#voice instanceof ArticleAudio && this.#voice.playing) this.#savePlace(this.#voice.ms);
    cancelAnimationFrame(this.#frame);
    this.#voice?.close();
    this.#voice = undefined;
    this.#follower?.close();
    this.#fromHere?.remove();
    this.#undock();
    this.tell("playing", { playing: false, open: false });
  }
}

define("readable-player", ReadablePlayer);
