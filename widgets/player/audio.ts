/** Speaks the article from one MP3 that may still be made while it plays; knows where it is by marks. */

import { listen } from "../article/controls.ts";
import type { Marks, SentenceMark } from "../core/contract.ts";
import { fetched } from "../core/fetched.ts";
import type { Reading } from "../core/reading.ts";
import { hop, markAt, type Stretch, stretches, wordAt } from "./timeline.ts";
import type { Ear, Unit, Voice } from "./voice.ts";

/** Milliseconds between questions for marks while the speech is being made: at first, and at most. */
const POLL = 400;
const SLOWEST = 2500;
/** Questions in a row that may fail. */
const MISSES = 5;
/** A stretch has ended when this close to its end, in milliseconds: one frame of the clock. */
const NEAR = 40;
/** A stream that breaks is asked for again this often, after so many milliseconds. */
const TRIES = 3;
const PATIENCE = 900;
/** Above this far into a sentence, "previous" goes to its own start first: in milliseconds. */
const RESTART = 2500;
/** What a server that is busy asks for, in seconds, where it does not say. */
const BUSY = 30;

/** What has a place in time, too. */
export type ArticleAudio = Voice & Required<Pick<Voice, "ms" | "durationMs" | "go">>;

export function articleAudio(reading: Reading, audio: HTMLAudioElement, { changed, ended, failed }: Ear): ArticleAudio {
  const source = audio.src;
  const address = reading.addressOf("marks");
  let marks: SentenceMark[] = [];
  let complete = false;
  /** A place to go to as soon as the audio reaches it. */
  let wanted: number | null = null;
  /** What is to be played and then no more; empty plays on. */
  let queue: Stretch[] = [];
  /** What waits for marks that are not made yet. */
  let pending: (() => void) | undefined;
  let closed = false;
  let reloaded = false;
  let tries = 0;

  /** The audio element does not say why it failed; the marks' answer does. */
  const explain = async () => {
    let seconds = 0;
    try {
      const { status, headers } = await fetch(address);
      if (status === 503) seconds = Number(headers.get("Retry-After")) || BUSY;
    } catch {
      /* No answer at all: it failed. */
    }
    // A worker may have died under the stream; it is restarted, and so are we, where we were.
    if (!seconds && tries++ < TRIES) setTimeout(() => again(voice.ms, true), PATIENCE);
    else if (!closed) failed(seconds);
  };

  /** Loads the same address anew and goes to a place. */
  const again = (ms: number, play: boolean) => {
    if (closed) return;
    wanted = ms || null;
    audio.src = source;
    if (play) voice.play();
  };

  const reachable = (seconds: number) =>
    audio.readyState > 0 &&
    [audio.seekable, audio.buffered].some((ranges) => ranges.length && ranges.end(ranges.length - 1) >= seconds);

  /** Carries out a wish to be elsewhere. A stream that cannot be sought is loaded again when it is whole. */
  const settle = () => {
    if (wanted === null || closed) return;
    if (reachable(wanted / 1000)) {
      audio.currentTime = wanted / 1000;
      audio.muted = false;
      wanted = null;
      changed();
    } else if (complete && !reloaded) {
      reloaded = true;
      again(wanted, !audio.paused);
    }
  };

  /** Goes to a place, at once or as soon as the audio reaches it, and plays. */
  const jump = (ms: number) => {
    wanted = ms;
    if (audio.paused) voice.play();
    settle();
    changed();
  };

  /** At the end of a stretch, goes to the next, or stops. */
  const watch = () => {
    const [stretch, next] = queue;
    if (!stretch || wanted !== null || voice.ms < stretch.endMs - NEAR) return;
    queue.shift();
    if (next) jump(next.startMs);
    else audio.pause();
  };

  const poll = async () => {
    let misses = 0;
    for (let pause = POLL; address && !complete && !closed && misses < MISSES; pause = Math.min(pause * 1.5, SLOWEST)) {
      try {
        const known = await fetched<Marks>(address);
        marks = known.sentences;
        complete = known.complete;
        if (complete) voice.durationMs = known.durationMs;
        misses = 0;
        pending?.();
        settle();
        changed();
      } catch {
        misses++;
      }
      if (!complete) await new Promise((wake) => setTimeout(wake, pause));
    }
  };

  const voice = {
    durationMs: 0,
    get playing() {
      return !audio.paused && !audio.ended && !audio.error;
    },
    get waiting() {
      return wanted !== null || (voice.playing && audio.readyState < 3);
    },
    get ms() {
      return wanted ?? audio.currentTime * 1000;
    },
    get spoken() {
      const { ms } = voice;
      const mark = marks[markAt(marks, ms)];
      if (!mark || !(ms || voice.playing)) return undefined;
      const [, , start, end] = wordAt(mark.words, ms) ?? [];
      return [mark.index, start, end] as const;
    },
    set rate(value: number) {
      audio.defaultPlaybackRate = audio.playbackRate = value;
    },
    play() {
      audio.play().catch(changed);
    },
    pause() {
      audio.pause();
    },
    go(ms: number) {
      pending = undefined;
      queue = [];
      jump(ms);
    },
    skip(direction: 1 | -1, unit: Unit) {
      const groups = marks.map(({ index }) => (unit === "sentence" ? index : (reading.article.sentences[index]?.block ?? -1)));
      const mark = marks[hop(groups, Math.max(0, markAt(marks, voice.ms)), direction, (at) => voice.ms - marks[at]!.startMs > RESTART)];
      if (mark) voice.go(mark.startMs);
    },
    read(sentences: readonly number[], on: boolean) {
      const found = on ? marks.filter(({ index }) => index >= sentences[0]!) : stretches(marks, sentences);
      if (found[0]) {
        voice.go(found[0].startMs);
        if (!on) queue = found;
      } else if (!complete) pending = () => voice.read(sentences, on);
    },
    close() {
      closed = true;
      audio.pause();
      audio.removeAttribute("src");
      audio.load();
    },
  };

  listen([audio], "play pause playing waiting seeked", changed);
  listen([audio], "progress loadedmetadata", settle);
  listen([audio], "timeupdate", watch);
  listen([audio], "error", explain);
  listen([audio], "ended", () => {
    queue = [];
    ended();
  });
  // The press may have failed before anyone listened.
  if (audio.error) queueMicrotask(explain);
  void poll();
  return voice;
}
