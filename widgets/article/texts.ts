/** Texts of the article, as the server gave them. */

import type { Article } from "../core/contract.ts";

/** Words that are enough to know a paragraph by. */
const WORDS = 6;

/** The text of a sentence; "" where there is none. */
export function sentenceText({ sentences, blocks }: Article, index: number): string {
  const sentence = sentences[index];
  return sentence ? [...blocks[sentence.block]!.text].slice(sentence.start, sentence.end).join("") : "";
}

/** How a text begins, for the name of a button. */
export const beginning = (text: string) => `${text.split(/\s+/).slice(0, WORDS).join(" ")}…`;
