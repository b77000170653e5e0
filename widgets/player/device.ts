/**
 * Speaks with the device's own voice, only where that voice is Vietnamese. One sentence an utterance:
 * browsers cut longer ones off (Chrome after about 14 s) and do not come back from a long pause.
 */

import { sentenceText } from "../article/texts.ts";
import { listen } from "../article/controls.ts";
import type { Reading } from "../core/reading.ts";
import type { Spoken, Unit, Voice } from "./voice.ts";
import { choose } from "./voices.ts";

/** A sentence that has not ended after this many times its expected length is given up. */
const PATIENCE = 4;
/** Milliseconds that a letter takes at normal speed, roughly; only for the watchdog. */
const LETTER = 75;
/** How long a browser may take to fill its list of voices, in milliseconds. */
const VOICES = 1500;

/** The device's Vietnamese voice, or null; waits once for the list, which some browsers fill late. */
export async function deviceVoice(): Promise<SpeechSynthesisVoice | null> {
  if (!("speechSynthesis" in window)) return null;
  if (!speechSynthesis.getVoices().length) {
    await new Promise((done) => {
      speechSynthesis.addEventListener("voiceschanged", done, { once: true });
      setTimeout(done, VOICES);
    });
  }
  return choose(speechSynthesis.getVoices());
}

/** The place is a sentence, as no voice tells words reliably, and no clock tells the time. */
export class DeviceSpeech extends EventTarget implements Voice {
  playing = false;
  readonly waiting = false;
  readonly durationMs = 0;
  rate = 1;
  #index = 0;
  /** The last sentence to read. */
  #last = Infinity;
  #watchdog = 0;
  #turn = 0;
  readonly #stop = listen([window], "pagehide", () => this.close());
  readonly #reading: Reading;
  readonly #voice: SpeechSynthesisVoice;

  constructor(reading: Reading, voice: SpeechSynthesisVoice) {
    super();
    this.#reading = reading;
    this.#voice = voice;
  }

  get spoken(): Spoken {
    return [this.#index];
  }

  play(): void {
    this.#speak(this.#index);
  }

  read(sentences: readonly number[], on: boolean): void {
    this.#last = on ? Infinity : sentences.at(-1)!;
    this.#speak(sentences[0]!);
  }

  #speak(index: number): void {
    this.pause();
    const mine = this.#turn;
    this.#index = index;
    const text = index > this.#last ? "" : sentenceText(this.#reading.article, index);
    this.playing = Boolean(text);
    this.dispatchEvent(new Event(text ? "change" : "end"));
    if (!text) return;
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.voice = this.#voice;
    utterance.lang = this.#voice.lang.replace("_", "-");
    utterance.rate = this.rate;
    const next = () => {
      if (mine === this.#turn) this.#speak(index + 1);
    };
    listen([utterance], "end error", next);
    this.#watchdog = window.setTimeout(next, 2000 + (text.length * LETTER * PATIENCE) / this.rate);
    speechSynthesis.speak(utterance);
  }

  /** Pausing is stopping: browsers do not resume reliably. The sentence begins again. */
  pause(): void {
    this.#turn++;
    clearTimeout(this.#watchdog);
    speechSynthesis.cancel();
    this.playing = false;
    this.dispatchEvent(new Event("change"));
  }

  skip(direction: 1 | -1, unit: Unit): void {
    const { sentences } = this.#reading.article;
    const block = (at: number) => sentences[at]?.block;
    let index = this.#index + direction;
    if (unit === "paragraph") {
      while (sentences[index] && block(index) === block(this.#index)) index += direction;
      while (direction < 0 && index > 0 && block(index - 1) === block(index)) index--;
    }
    this.#last = Infinity;
    this.#speak(Math.max(0, Math.min(index, sentences.length - 1)));
  }

  close(): void {
    this.pause();
    this.#stop();
  }
}
