/** Speaks the article from one MP3 that may still be made while it plays; knows where it is by marks. */

import type { Marks, Problem, SentenceMark } from "../core/contract.ts";
import { listen } from "../article/controls.ts";
import type { Reading } from "../core/reading.ts";
import { markAt, neighbour, otherBlock, type Stretch, stretches, wordAt } from "./timeline.ts";
import type { Spoken, Unit, Voice } from "./voice.ts";

/** Milliseconds between questions for marks while the speech is being made: at first, and at most. */
const POLL = [400, 2500] as const;
/** Questions in a row that may fail. */
const MISSES = 5;
/** A stretch has ended when this close to its end, in milliseconds: one frame of the clock. */
const NEAR = 40;
/** A stream that breaks is asked for again this often, after so many milliseconds. */
const TRIES = 3;
const PATIENCE = 900;

/** Why there is no sound: the seconds after which a server that is busy may be asked again; 0, it failed. */
export type SpeechProblem = CustomEvent<number>;

export class ArticleAudio extends EventTarget implements Voice {
  durationMs = 0;
  #marks: SentenceMark[] = [];
  #complete = false;
  /** A place to go to as soon as the audio reaches it. */
  #wanted: number | null = null;
  /** What is to be played and then no more; empty plays on. */
  #queue: Stretch[] = [];
  /** What waits for marks that are not made yet. */
  #pending: (() => void) | undefined;
  #closed = false;
  #reloaded = false;
  #tries = 0;
  readonly #reading: Reading;
  readonly #audio: HTMLAudioElement;
  readonly #source: string;

  constructor(reading: Reading, audio: HTMLAudioElement) {
    super();
    this.#reading = reading;
    this.#audio = audio;
    this.#source = audio.src;
    listen([audio], "play pause playing waiting seeked", () => this.#tell("change"));
    listen([audio], "progress loadedmetadata", () => this.#settle());
    listen([audio], "timeupdate", () => this.#watch());
    listen([audio], "error", () => this.#explain());
    listen([audio], "ended", () => {
      this.#queue = [];
      this.#tell("end");
    });
    // The press may have failed before anyone listened.
    if (audio.error) queueMicrotask(() => this.#explain());
    void this.#poll();
  }

  get playing(): boolean {
    return !this.#audio.paused && !this.#audio.ended && !this.#audio.error;
  }

  get waiting(): boolean {
    return this.#wanted !== null || (this.playing && this.#audio.readyState < 3);
  }

  get ms(): number {
    return this.#wanted ?? this.#audio.currentTime * 1000;
  }

  set rate(value: number) {
    this.#audio.defaultPlaybackRate = this.#audio.playbackRate = value;
  }

  get spoken(): Spoken | undefined {
    const { ms } = this;
    const mark = this.#marks[markAt(this.#marks, ms)];
    if (!mark || !(ms > 0 || this.playing)) return undefined;
    const [, , start, end] = wordAt(mark.words, ms) ?? [];
    return [mark.index, start, end];
  }

  #tell(name: "change" | "end"): void {
    this.dispatchEvent(new Event(name));
  }

  /** The audio element does not say why it failed; the marks' answer does. */
  async #explain(): Promise<void> {
    let seconds = 0;
    try {
      const answer = await fetch(this.#reading.link("marks"));
      const said = answer.ok ? null : ((await answer.json()) as Problem);
      if (answer.status === 503 || said?.type?.endsWith("speech-busy")) seconds = Number(answer.headers.get("Retry-After")) || 30;
    } catch {
      /* No answer at all: it failed. */
    }
    // A worker may have died under the stream; it is restarted, and so are we, where we were.
    if (!seconds && this.#tries++ < TRIES) setTimeout(() => this.#again(this.ms, true), PATIENCE);
    else if (!this.#closed) this.dispatchEvent(new CustomEvent("problem", { detail: seconds }));
  }

  /** Loads the same address anew and goes to a place. */
  #again(ms: number, play: boolean): void {
    if (this.#closed) return;
    this.#wanted = ms || null;
    this.#audio.src = this.#source;
    if (play) this.play();
  }

  async #poll(): Promise<void> {
    let [pause, slowest]: readonly number[] = POLL;
    const address = this.#reading.link("marks");
    for (let misses = 0; address && !this.#closed && misses < MISSES; ) {
      try {
        const answer = await fetch(address);
        if (!answer.ok) throw answer;
        const { sentences, complete, durationMs } = (await answer.json()) as Marks;
        this.#marks = sentences;
        if ((this.#complete = complete)) this.durationMs = durationMs;
        misses = 0;
        this.#pending?.();
        this.#settle();
        this.#tell("change");
        if (complete) break;
      } catch {
        misses++;
      }
      await new Promise((wake) => setTimeout(wake, pause));
      pause = Math.min(pause! * 1.5, slowest!);
    }
  }

  play(): void {
    this.#audio.play().catch(() => this.#tell("change"));
  }

  pause(): void {
    this.#audio.pause();
  }

  go(ms: number): void {
    this.#pending = undefined;
    this.#queue = [];
    this.#jump(ms);
  }

  /** Goes to a place, at once or as soon as the audio reaches it, and plays. */
  #jump(ms: number): void {
    this.#wanted = ms;
    if (this.#audio.paused) this.play();
    this.#settle();
    this.#tell("change");
  }

  skip(direction: 1 | -1, unit: Unit): void {
    const ms = unit === "sentence"
      ? neighbour(this.#marks, this.ms, direction)
      : otherBlock(this.#marks, this.#reading.article.sentences, this.ms, direction);
    if (ms !== null) this.go(ms);
  }

  read(sentences: readonly number[], on: boolean): void {
    const found = on ? this.#marks.filter(({ index }) => index >= sentences[0]!) : stretches(this.#marks, sentences);
    if (found[0]) {
      this.go(found[0].startMs);
      if (!on) this.#queue = found;
    } else if (!this.#complete) this.#pending = () => this.read(sentences, on);
  }

  #reachable(seconds: number): boolean {
    const { seekable, buffered, readyState } = this.#audio;
    const within = (ranges: TimeRanges) => {
      for (let at = 0; at < ranges.length; at++) if (seconds >= ranges.start(at) && seconds <= ranges.end(at)) return true;
      return false;
    };
    return readyState > 0 && (within(seekable) || within(buffered));
  }

  /** Carries out a wish to be elsewhere. A stream that cannot be sought is loaded again when it is whole. */
  #settle(): void {
    const ms = this.#wanted;
    if (ms === null || this.#closed) return;
    if (this.#reachable(ms / 1000)) {
      this.#audio.currentTime = ms / 1000;
      this.#audio.muted = false;
      this.#wanted = null;
      this.#tell("change");
    } else if (this.#complete && !this.#reloaded) {
      this.#reloaded = true;
      this.#again(ms, !this.#audio.paused);
    }
  }

  /** At the end of a stretch, goes to the next, or stops. */
  #watch(): void {
    const [stretch, next] = this.#queue;
    if (!stretch || this.#wanted !== null || this.ms < stretch.endMs - NEAR) return;
    this.#queue.shift();
    if (next) this.#jump(next.startMs);
    else this.pause();
  }

  close(): void {
    this.#closed = true;
    this.#audio.pause();
    this.#audio.removeAttribute("src");
    this.#audio.load();
  }
}
