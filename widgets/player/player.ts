/** `<readable-player>`: the article, or parts of it, read aloud, with the place shown in the article. */

import { fill } from "../article/blanks.ts";
import { check } from "../article/controls.ts";
import "../article/icons.ts";
import { shelf, shelve } from "../article/shelf.ts";
import { button, define, h, type Hooks, ReadableElement, shapeButton, shortcut } from "../core/element.ts";
import { icon } from "../core/icons.ts";
import { choose, preferences, step } from "../core/preferences.ts";
import type { Reading } from "../core/reading.ts";
import { adopt } from "../core/sheets.ts";
import { announce } from "../core/status.ts";
import { W } from "../core/words.ts";
import { articleAudio } from "./audio.ts";
import { deviceSpeech, deviceVoice } from "./device.ts";
import { type Follower, follower } from "./follow.ts";
import type { Listening, ReadableFromHere } from "./from-here.ts";
import "./from-here.ts";
import { announceMedia } from "./media-session.ts";
import dockCss from "./dock.css";
import css from "./player.css";
import { clock } from "./timeline.ts";
import type { Ear, Unit, Voice } from "./voice.ts";

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
  static override css = css;

  /** The audio that a press has started, and whether one has asked for sound. */
  #started: HTMLAudioElement | undefined;
  #asked = false;
  /** Pauses or goes on. */
  declare toggle: () => void;
  /** Plays these sentences only, a selection, or what a summary stands on; with `on` what comes after them, too. */
  declare listenTo: (sentences: readonly number[], on?: boolean) => void;
  /** Falls silent and takes its marks off the page. */
  declare close: () => void;

  /** Takes an article, and the audio that the press has already started. */
  begin(article: Reading, audio?: HTMLAudioElement, play = true): void {
    this.#started = audio;
    this.#asked = play;
    this.reading = article;
  }

  protected override construct(): Hooks {
    const { t } = this;
    let voice: Voice | undefined;
    let follow: Follower | undefined;
    let fromHere: ReadableFromHere | undefined;
    let selected: number[] = [];
    let frame = 0;
    let saved = 0;
    let index = -2;
    /** Its own place is out of sight. */
    let away = false;

    const named = (shape: string, word: W, press: () => void) => button(shape, t(word), press);
    const offer = (shape: string, word: W, press: () => void) => h(named(shape, word, press), { hidden: true });
    const skip = (shape: "previous" | "next", word: W, unit: Unit) => {
      const direction = shape === "next" ? 1 : -1;
      // On a narrow line the words are hidden; the name stays.
      return h(named(shape, word, () => voice?.skip(direction, unit)), { "aria-label": t(word) });
    };
    const faster = (shape: "plus" | "minus", word: W) =>
      shapeButton(shape, t(word), () => {
        const speed = step("speed", shape === "plus" ? 1 : -1);
        choose({ speed });
        announce(t(W.speedNow, speed.toLocaleString(this.tongue)), this.tongue);
      });

    const toggle = h(named("play", W.resume, () => this.toggle()), { className: "main name" });
    const time = h("span.time");
    const note = h("p.note");
    const range = h("input", { type: "range", max: 0, "aria-label": t(W.position), oninput: () => voice?.go?.(range.valueAsNumber * 1000) });
    const speedNow = h("output", { "aria-live": "off" });
    const following = h("input", { onchange: () => choose({ follow: following.checked ? 1 : 0 }) });
    const download = h("a.button", { download: "" }, icon("download"), t(W.download));
    const selection = offer("play", W.selection, () => this.listenTo(selected));
    const useDevice = offer("play", W.useDevice, () => void speakByDevice([0], true));
    const restart = offer("reset", W.restart, () => {
      restart.hidden = true;
      voice?.go?.(0);
    });
    const bar = h("div.player",
      h("div.now",
        skip("previous", W.previous, "sentence"), toggle, skip("next", W.next, "sentence"),
        h(shapeButton("close", t(W.closePlayer), () => this.close()), { className: "close" })),
      h("div.at", range, time),
      note,
      h("div.more",
        h("div.speed", { role: "group", "aria-labelledby": "speed" },
          h("span", { id: "speed" }, t(W.speed)), faster("minus", W.slower), speedNow, faster("plus", W.faster)),
        restart, selection, useDevice),
      h("details", h("summary", t(W.moreListening)),
        h("div.more",
          skip("previous", W.previousParagraph, "paragraph"), skip("next", W.nextParagraph, "paragraph"),
          download,
          check(t(W.follow), following))));
    const slot = h("div.slot", { role: "group", "aria-label": t(W.player) }, bar);

    const say = (text: string) => {
      note.textContent = text;
      announce(text, this.tongue);
    };

    /** Keeps how many milliseconds of this very text have been heard; 0, all. */
    const savePlace = (ms: number) => shelve("places", this.reading!.article.digest, ms > WORTH_KEEPING ? Math.round(ms) : undefined, KEPT);

    const undock = () => {
      slot.classList.remove("docked");
      slot.style.minHeight = "";
      adopt(document, "dock", "");
    };

    /** Docked only while it plays and its own place is out of sight. */
    const dock = () => {
      const docked = away && Boolean(voice?.playing);
      if (docked === slot.classList.contains("docked")) return;
      if (!docked) return undock();
      // The place keeps its height, so nothing on the page moves.
      slot.style.minHeight = `${slot.offsetHeight}px`;
      slot.classList.add("docked");
      adopt(document, "dock", fill(dockCss, { height: `${bar.offsetHeight}px` }));
    };

    const drawTime = (ms: number, durationMs: number) => {
      const [now, whole] = [clock(ms), clock(durationMs)] as const;
      const text = durationMs ? `${now} / ${whole}` : now;
      if (time.textContent === text) return;
      time.textContent = text;
      h(range, {
        disabled: !durationMs, max: Math.ceil(durationMs / 1000), value: Math.floor(ms / 1000),
        "aria-valuetext": t(W.positionNow, now, whole),
      });
    };

    /** Brings the time and the marks to where the voice is, as long as it plays. */
    const tick = () => {
      if (!voice) return;
      const { ms, durationMs = 0, spoken, playing } = voice;
      range.hidden = ms === undefined;
      if (spoken) {
        follow!.show(spoken);
        if (spoken[0] !== index) this.tell("sentence", { index: (index = spoken[0]) });
      }
      if (ms === undefined) return;
      drawTime(ms, durationMs);
      if (!playing) return;
      if (Math.abs(ms - saved) > WORTH_KEEPING) savePlace((saved = ms));
      frame = requestAnimationFrame(tick);
    };

    /** Brings the words, the time and the marks in line with the voice. */
    const draw = () => {
      const { playing = false, waiting } = voice ?? {};
      toggle.firstElementChild!.replaceWith(icon(playing ? "pause" : "play"));
      toggle.lastElementChild!.textContent = t(playing ? W.pause : W.resume);
      const preparing = t(W.preparing);
      if (playing && waiting) note.textContent = preparing;
      else if (note.textContent === preparing) note.textContent = "";
      this.tell("playing", { playing, open: true });
      dock();
      cancelAnimationFrame(frame);
      tick();
    };

    const ear: Ear = {
      changed: draw,
      ended: () => {
        savePlace(0);
        announce(t(W.ended), this.tongue);
        draw();
      },
      async failed(seconds) {
        say(seconds ? t(W.speechBusy, seconds) : t(W.speechFailed));
        draw();
        useDevice.hidden = !(await deviceVoice());
      },
    };

    const use = (other: Voice) => {
      voice = other;
      voice.rate = preferences().speed;
      draw();
    };

    /** Speaks with the device's voice, if it has a Vietnamese one; never with another. */
    const speakByDevice = async (sentences: readonly number[], on: boolean) => {
      const found = await deviceVoice();
      useDevice.hidden = true;
      if (!found) return say(t(W.noVoice));
      voice?.close();
      use(deviceSpeech(this.reading!, found, ear));
      say(t(W.deviceVoice));
      this.listenTo(sentences, on);
    };

    /** Listens to the audio that a press has started, or to one of our own. */
    const stream = (reading: Reading, source: string) => {
      const audio = this.#started ?? new Audio();
      if (!this.#started) {
        if (!this.#asked) audio.preload = "none";
        audio.src = source;
      }
      const heard = articleAudio(reading, audio, ear);
      use(heard);
      announceMedia(reading, heard);
      if (!this.#asked) return;
      if (!this.#started) heard.play();
      // In this very text one may have stopped somewhere.
      const ms = shelf<number>("places")[reading.article.digest] ?? 0;
      if (ms < WORTH_KEEPING) return;
      heard.go(ms);
      restart.hidden = false;
      say(t(W.resumedAt, clock(ms)));
    };

    const accompany = () => {
      if (fromHere && this.isConnected) document.body.append(fromHere);
    };

    const leave = () => {
      fromHere?.remove();
      undock();
    };

    this.toggle = () => (voice?.playing ? voice.pause() : voice?.play());
    this.listenTo = (sentences, on = false) => (voice ? voice.read(sentences, on) : void speakByDevice(sentences, on));
    this.focus = () => toggle.focus();
    this.close = () => {
      const { playing, ms } = voice ?? {};
      if (playing && ms) savePlace(ms);
      cancelAnimationFrame(frame);
      voice?.close();
      voice = undefined;
      follow?.close();
      leave();
      this.tell("playing", { playing: false, open: false });
    };

    const press = (event: KeyboardEvent) => {
      const key = shortcut(event);
      const direction = { ArrowLeft: -1, ArrowRight: 1 }[key] as 1 | -1 | undefined;
      if (direction) {
        event.preventDefault();
        voice?.skip(direction, event.shiftKey ? "paragraph" : "sentence");
      } else if (key === "Escape") {
        event.stopPropagation();
        this.close();
      }
    };

    h(this.inner, { onkeydown: press }, slot);
    draw();

    return {
      present: (reading) => {
        const source = reading.addressOf("audio");
        const listening: Listening = {
          play: this.listenTo,
          select(sentences) {
            selected = sentences;
            selection.hidden = !sentences.length;
          },
        };
        h(download, { href: source, hidden: !source });
        follow = follower(reading);
        fromHere = h("readable-from-here", { language: this.tongue, listening, reading });
        accompany();
        reading.ends.push(this.close);
        if (source) stream(reading, source);
        else if (this.#asked) void speakByDevice([0], true);
      },
      adapt: ({ speed, follow: on }) => {
        if (voice) voice.rate = speed;
        speedNow.textContent = t(W.times, speed.toLocaleString(this.tongue));
        following.checked = on > 0;
      },
      join: () => {
        accompany();
        const watcher = new IntersectionObserver(([entry]) => {
          const { top } = entry!.boundingClientRect;
          away = top < -ROW || top > innerHeight - ROW;
          dock();
        }, { threshold: [0, 0.2, 0.4, 0.6, 0.8, 1] });
        watcher.observe(this);
        return [() => watcher.disconnect(), leave];
      },
    };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "readable-player": ReadablePlayer;
  }
}

define("readable-player", ReadablePlayer);
