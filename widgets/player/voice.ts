/** What the player steers: the article's audio, or the device's own voice. */

/** A place in the article that sounds: a sentence (-1 the title), and the word in it, in code points. */
export type Spoken = readonly [sentence: number, start?: number | undefined, end?: number | undefined];

export type Unit = "sentence" | "paragraph";

export interface Voice {
  readonly playing: boolean;
  /** Sound was asked for, or a place, and is not there yet. */
  readonly waiting?: boolean;
  /** Where it is and how long all of it is (0: not known yet), in milliseconds; absent where no clock can tell. */
  readonly ms?: number;
  readonly durationMs?: number;
  readonly spoken: Spoken | undefined;
  /** How fast it reads, 1 as is usual. */
  rate: number;
  /** Starts or goes on. */
  play(): void;
  pause(): void;
  /** Reads these sentences and stops; or with `on` from the first of them to the end. */
  read(sentences: readonly number[], on: boolean): void;
  /** The previous or next sentence or paragraph. */
  skip(direction: 1 | -1, unit: Unit): void;
  /** Goes to a place in time, in milliseconds, and plays. */
  go?(ms: number): void;
  /** Falls silent for good. */
  close(): void;
}

/** What a voice tells. */
export interface Ear {
  /** It plays, waits, or knows more. */
  changed(): void;
  ended(): void;
  /** There is no sound: a server that is busy may be asked again after so many seconds; 0, it failed. */
  failed(seconds: number): void;
}
