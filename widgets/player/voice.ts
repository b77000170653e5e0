/** What the player steers: the article's audio, or the device's own voice. */

/** A place in the article that sounds: a sentence (-1 the title), and the word in it, in code points. */
export type Spoken = readonly [sentence: number, start?: number | undefined, end?: number | undefined];

export type Unit = "sentence" | "paragraph";

/** Tells `change` (playing, waiting, more is known), `problem` (with a `SpeechProblem`) and `end`. */
export interface Voice extends EventTarget {
  readonly playing: boolean;
  /** Sound was asked for, or a place, and is not there yet. */
  readonly waiting: boolean;
  /** Where it is and how long all of it is, in milliseconds; absent where no clock can tell. */
  readonly ms?: number;
  readonly durationMs: number;
  readonly spoken: Spoken | undefined;
  rate: number;
  /** Starts or goes on. */
  play(): void;
  pause(): void;
  /** Reads these sentences and stops; or with `on` from the first of them to the end. */
  read(sentences: readonly number[], on: boolean): void;
  /** The previous or next sentence or paragraph. */
  skip(direction: 1 | -1, unit: Unit): void;
  /** Goes to a place in time, and plays. */
  go?(ms: number): void;
  /** Falls silent for good. */
  close(): void;
}
