/** Texts of the article, as the server gave them. Places in them are counted in code points. */

import type { Article } from "../core/contract.ts";

/** Words that are enough to know a paragraph by. */
const WORDS = 6;
/** White space, and signs that no one sees: soft hyphen, zero-width space and joiners, byte order mark. */
const INVISIBLE = /[\s\u00ad\u200b-\u200d\u2060\ufeff]+/gu;

/** Code points of a text from `start` to `end`. */
export const slice = (text: string, start: number, end?: number) => [...text].slice(start, end).join("");

/** The text of a sentence; "" where there is none. */
export function sentenceText({ sentences, blocks }: Article, index: number): string {
  const sentence = sentences[index];
  return sentence ? slice(blocks[sentence.block]!.text, sentence.start, sentence.end) : "";
}

/** How a text begins, for the name of a button. */
export const beginning = (text: string) => `${text.split(/\s+/).slice(0, WORDS).join(" ")}…`;

/** A text as two of them are compared: NFC, without what is not seen. */
export const squeeze = (text: string) => text.normalize("NFC").replace(INVISIBLE, "");
