/**
 * Speaks with the device's own voice, only where that voice is Vietnamese. One sentence an utterance:
 * browsers cut longer ones off (Chrome after about 14 s) and do not come back from a long pause.
 */

import { listen } from "../article/controls.ts";
import { sentenceText } from "../article/texts.ts";
import type { Reading } from "../core/reading.ts";
import { hop } from "./timeline.ts";
import type { Ear, Unit, Voice } from "./voice.ts";
import { choose } from "./voices.ts";

/** A sentence that has not ended after this many milliseconds a letter, and some more, is given up. */
const LETTER = 300;
const MORE = 2000;
/** How long a browser may take to fill its list of voices, in milliseconds. */
const VOICES = 1500;

/** The device's Vietnamese voice, or null; waits once for the list, which some browsers fill late. */
export async function deviceVoice(): Promise<SpeechSynthesisVoice | null> {
  const speech = window.speechSynthesis;
  if (!speech) return null;
  if (!speech.getVoices().length) {
    await new Promise((done) => {
      listen([speech], "voiceschanged", done);
      setTimeout(done, VOICES);
    });
  }
  return choose(speech.getVoices());
}

/** The place is a sentence, as no voice tells words reliably, and no clock tells the time. */
export function deviceSpeech({ article }: Reading, by: SpeechSynthesisVoice, { changed, ended }: Ear): Voice {
  const speech = speechSynthesis;
  const all = [...article.sentences.keys()];
  /** The sentences to read, and which of them is read. */
  let order: readonly number[] = all;
  let at = 0;
  let watchdog = 0;
  let turn = 0;

  const hush = () => {
    turn++;
    clearTimeout(watchdog);
    speech.cancel();
    voice.playing = false;
  };

  const speak = (place: number) => {
    hush();
    at = place;
    const mine = turn;
    const text = sentenceText(article, order[at] ?? -1);
    if (!text) {
      order = all;
      at = 0;
      return ended();
    }
    voice.playing = true;
    changed();
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.voice = by;
    utterance.lang = by.lang.replace("_", "-");
    utterance.rate = voice.rate;
    const next = () => {
      if (mine === turn) speak(place + 1);
    };
    listen([utterance], "end error", next);
    watchdog = setTimeout(next, MORE + (text.length * LETTER) / voice.rate);
    speech.speak(utterance);
  };

  const voice = {
    playing: false,
    rate: 1,
    get spoken() {
      return [order[at]!] as const;
    },
    play() {
      speak(at);
    },
    /** Pausing is stopping: browsers do not resume reliably. The sentence begins again. */
    pause() {
      hush();
      changed();
    },
    read(sentences: readonly number[], on: boolean) {
      order = on ? all.slice(sentences[0]) : sentences;
      speak(0);
    },
    skip(direction: 1 | -1, unit: Unit) {
      const groups = article.sentences.map(({ block }, index) => (unit === "sentence" ? index : block));
      const next = hop(groups, order[at]!, direction);
      if (next === all.length) return;
      order = all;
      speak(next);
    },
    close() {
      hush();
      stop();
    },
  };
  const stop = listen([window], "pagehide", hush);
  return voice;
}
