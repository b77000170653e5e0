/** The words of the interface: those of the bar are there at once, the others come with what they name. */

import { en, vi, W } from "../generated/words.ts";
import { phrases } from "../parts.ts";

export { W } from "../generated/words.ts";

export type Language = "vi" | "en";

/** Phrases by their number in `W`. */
const tables = { vi: vi.split("|"), en: en.split("|") };

/** Calls back when the language's words are all there: at once if they are. */
export function withWords(language: Language, then: () => void): void {
  const table = tables[language];
  // The first of those that come later.
  const whole = () => table[W.player];
  if (whole()) return then();
  void phrases(language).then(({ default: words }) => {
    if (!whole()) table.push(...words.split("|"));
    then();
  });
}

/** A phrase, with `{n}` and `{m}` filled in. */
export const say = (language: Language, word: W, n: string | number = "", m: string | number = "") =>
  tables[language][word]!.replace("{n}", n as string).replace("{m}", m as string);
