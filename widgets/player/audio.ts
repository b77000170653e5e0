/** Speaks the article from one MP3 that may still be made while it plays; knows where it is by marks. */

import type { Marks, Problem, SentenceMark } from "../core/contract.ts";
import type { Reading } from "../core/reading.ts";
import { markAt, neighbour, otherBlock, type Stretch, stretches } from "./timeline.ts";

/** Milliseconds between questions for marks while the speech is being made: at first, and at most. */
const POLL = [400, 2500] as const;
/** A stretch has ended when this close to its end, in milliseconds: one frame of the clock. */
const NEAR = 40;

/** A stream that breaks is asked for again this often, after so many milliseconds. */
const TRIES = 3;
const PATIENCE = 900;

/** Why there is no sound. */
export class SpeechProblem extends Error {
  constructor(readonly kind: "busy" | "failed", readonly seconds = 0) {
    super(kind);
  }
}

/**
 * Tells `change` (playing, waiting), `marks` (more is known), `problem` (a `SpeechProblem` in `detail`),
 * and `end`.
 */
export class ArticleAudio extends EventTarget {
  marks: SentenceMark[] = [];
  complete = false;
  durationMs = 0;
  /** A place to go to as soon as the audio reaches it. */
  #wanted: number | null = null;
  #queue: Stretch[] = [];
  #closed = false;
  #reloaded = false;
  #tries = 0;
  readonly #source: string;

  constructor(readonly reading: Reading, readonly audio: HTMLAudioElement) {
    super();
    this.#source = audio.src;
    for (const name of ["play", "pause", "playing", "waiting", "seeked"]) audio.addEventListener(name, this.#changed);
    audio.addEventListener("ended", this.#ended);
    audio.addEventListener("error", this.#failed);
    audio.addEventListener("timeupdate", this.#watch);
    audio.addEventListener("progress", this.#settle);
    audio.addEventListener("loadedmetadata", this.#settle);
    // The press may have failed before anyone listened.
    if (audio.error) queueMicrotask(this.#failed);
    void this.#poll();
  }

  get playing(): boolean {
    return !this.audio.paused && !this.audio.ended && !this.audio.error;
  }

  /** Sound was asked for, or a place, and is not there yet. */
  get waiting(): boolean {
    return this.#wanted !== null || (this.playing && this.audio.readyState < 3);
  }

  get ms(): number {
    return this.#wanted ?? this.audio.currentTime * 1000;
  }

  set rate(value: number) {
    this.audio.defaultPlaybackRate = value;
    this.audio.playbackRate = value;
    this.audio.preservesPitch = true;
  }

  /** The mark that sounds now. */
  get mark(): SentenceMark | undefined {
    return this.marks[markAt(this.marks, this.ms)];
  }

  readonly #changed = () => this.dispatchEvent(new Event("change"));

  readonly #ended = () => {
    this.#queue = [];
    this.dispatchEvent(new Event("end"));
  };

  readonly #failed = () => {
    if (this.#closed || !this.audio.getAttribute("src")) return;
    void this.#explain();
  };

  /** The audio element does not say why it failed; the marks' answer does. */
  async #explain(): Promise<void> {
    let problem = new SpeechProblem("failed");
    try {
      const answer = await fetch(this.reading.link("marks"));
      const said = answer.ok ? null : ((await answer.json()) as Problem);
      if (answer.status === 503 || said?.type?.endsWith("speech-busy")) {
        problem = new SpeechProblem("busy", Number(answer.headers.get("Retry-After")) || 30);
      }
    } catch {
      /* No answer at all: it failed. */
    }
    if (this.#closed) return;
    if (problem.kind === "failed" && this.#tries++ < TRIES) {
      // A worker may have died under the stream; it is restarted, and so are we, where we were.
      setTimeout(() => this.#again(this.ms, true), PATIENCE);
    } else this.dispatchEvent(new CustomEvent("problem", { detail: problem }));
  }

  /** Loads the same address anew and goes to a place. */
  #again(ms: number, play: boolean): void {
    if (this.#closed) return;
    this.#wanted = ms || null;
    this.audio.src = this.#source;
    if (play) this.play();
  }

  async #poll(): Promise<void> {
    let pause: number = POLL[0];
    const address = this.reading.link("marks");
    for (let misses = 0; address && !this.#closed && !this.complete && misses < 5; ) {
      try {
        const answer = await fetch(address);
        if (!answer.ok) throw answer;
        const marks = (await answer.json()) as Marks;
        this.marks = marks.sentences;
        this.complete = marks.complete;
        if (marks.complete) this.durationMs = marks.durationMs;
        misses = 0;
        this.dispatchEvent(new Event("marks"));
        this.#settle();
      } catch {
        misses++;
      }
      if (this.complete) break;
      await new Promise((wake) => setTimeout(wake, pause));
      pause = Math.min(pause * 1.5, POLL[1]);
    }
  }

  play(): void {
    this.audio.play().catch(() => this.#changed());
  }

  pause(): void {
    this.audio.pause();
  }

  /** Goes to a place, at once or as soon as the audio reaches it, and plays. */
  go(ms: number, { keepQueue = false, play = true } = {}): void {
    if (!keepQueue) this.#queue = [];
    this.#wanted = ms;
    if (play && this.audio.paused) this.play();
    this.#settle();
    this.#changed();
  }

  /** The previous or next sentence or paragraph. */
  skip(direction: 1 | -1, unit: "sentence" | "paragraph"): void {
    const sentences = this.reading.article.sentences;
    const ms = unit === "sentence" ? neighbour(this.marks, this.ms, direction) : otherBlock(this.marks, sentences, this.ms, direction);
    if (ms !== null) this.go(ms);
  }

  /** Plays these sentences and stops: a summary's sources, or what is selected. */
  playSentences(sentences: readonly number[]): void {
    const play = () => {
      const found = stretches(this.marks, sentences);
      if (!found.length && !this.complete) return this.addEventListener("marks", play, { once: true });
      this.#queue = found;
      if (found[0]) this.go(found[0].startMs, { keepQueue: true });
    };
    play();
  }

  /** Plays from a sentence on, once it is known where it stands. */
  playFrom(sentence: number): void {
    const go = () => {
      const mark = this.marks.find(({ index }) => index >= sentence);
      if (mark) this.go(mark.startMs);
      else if (!this.complete) this.addEventListener("marks", go, { once: true });
    };
    go();
  }

  #reachable(seconds: number): boolean {
    const { seekable, buffered } = this.audio;
    const within = (ranges: TimeRanges) => {
      for (let at = 0; at < ranges.length; at++) if (seconds >= ranges.start(at) && seconds <= ranges.end(at)) return true;
      return false;
    };
    return this.audio.readyState > 0 && (within(seekable) || within(buffered));
  }

  /** Carries out a wish to be elsewhere. A stream that cannot be sought is loaded again when it is whole. */
  readonly #settle = () => {
    if (this.#wanted === null || this.#closed) return;
    const seconds = this.#wanted / 1000;
    if (this.#reachable(seconds)) {
      this.audio.currentTime = seconds;
      this.audio.muted = false;
      this.#wanted = null;
      this.#changed();
    } else if (this.complete && !this.#reloaded) {
      this.#reloaded = true;
      this.#again(this.#wanted, !this.audio.paused);
    }
  };

  readonly #watch = () => {
    const stretch = this.#queue[0];
    if (!stretch || this.#wanted !== null || this.ms < stretch.endMs - NEAR) return;
    this.#queue.shift();
    if (this.#queue[0]) this.go(this.#queue[0].startMs, { keepQueue: true });
    else this.pause();
  };

  /** Falls silent for good. */
  close(): void {
    this.#closed = true;
    this.audio.pause();
    this.audio.removeAttribute("src");
    this.audio.load();
  }
}
