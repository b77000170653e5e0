/**
 * The JSON that the controls work from. A server of ours answers it under its prefix; a static file of
 * the same shape does as well. Offsets are half-open, in code points of the text they name.
 */

/** One piece of the article. `path` is a CSS selector from `body`; several blocks may share one. */
export interface Block {
  kind: "lead" | "heading" | "paragraph" | "item" | "caption" | "table" | "quote" | "signature";
  path: string;
  text: string;
}

/** `blocks[block].text` from `start` to `end`. */
export interface Sentence {
  block: number;
  start: number;
  end: number;
}

/** An abbreviation or a term at its first use, in `sentences[sentence]`. */
export interface Term {
  kind: "abbreviation" | "term";
  text: string;
  meaning: string;
  sentence: number;
  start: number;
  end: number;
  source?: string;
}

/** Answer of `article?path=…`. */
export interface Article {
  version: 1;
  url: string;
  title: string;
  titlePath: string;
  bodyPath: string;
  /** Selectors of lines outside title and body that grow with them: the date, the author. */
  beside?: string[];
  /** Selector of the portal's own size control, which ours takes the place of. */
  control?: string;
  language: string;
  /** ISO 8601, with its zone. */
  published?: string | null;
  byline?: string;
  source?: string;
  digest: string;
  blocks: Block[];
  sentences: Sentence[];
  terms?: Term[];
  minutes?: { read: number; listen: number };
  /** Relative addresses are resolved against the JSON's own. */
  links?: { summary?: string; audio?: string; marks?: string; reader?: string; qr?: string };
}

export interface SummarySentence {
  text: string;
  source: number;
  sources?: number[];
}

export interface Fact {
  kind: string;
  label?: string;
  value: string;
  sentence: number;
  start: number;
  end: number;
}

export interface Readability {
  band: "easy" | "medium" | "hard" | "very-hard";
  grade?: number;
}

/** Answer of `summary?path=…`. */
export interface Summary {
  version: 1;
  engine: string;
  sentences: SummarySentence[];
  facts?: Fact[];
  terms?: Term[];
  readability?: { summary?: Readability; article?: Readability };
}

/** `[startMs, endMs, start, end]`: milliseconds in the whole audio, code points of the sentence. */
export type WordMark = [number, number, number, number];

/** A spoken sentence; `index` is -1 for the title and the date, which are no sentences of the article. */
export interface SentenceMark {
  index: number;
  startMs: number;
  endMs: number;
  words: WordMark[];
}

/** Answer of `marks?path=…`; asked again while `complete` is false. */
export interface Marks {
  version: 1;
  complete: boolean;
  durationMs: number;
  sentences: SentenceMark[];
}

/** Answer of an endpoint that could not do its work (RFC 9457). */
export interface Problem {
  type?: string;
  title?: string;
  status?: number;
  detail?: string;
}
