/** The words of the interface: those of the bar are there at once, the others come with what they name. */

import { en, vi, type W } from "../generated/words.ts";
import { phrases } from "../parts.ts";

export { W } from "../generated/words.ts";

export type Language = "vi" | "en";

/** Phrases by their number in `W`. */
const tables = { vi: vi.split("|"), en: en.split("|") };
const whole = new Set<Language>();

/** Calls back when the language's words are all there: at once if they are. */
export function withWords(language: Language, then: () => void): void {
  if (whole.has(language)) return then();
  void phrases(language).then(({ words }) => {
    if (!whole.has(language)) tables[language].push(...words.split("|"));
    whole.add(language);
    then();
  });
}

/** A phrase, with `{n}` and `{m}` filled in. */
export function say(language: Language, word: W, n: string | number = "", m: string | number = ""): string {
  return tables[language][word]!.replace("{n}", String(n)).replace("{m}", String(m));
}

/** A number as the language writes it: 1,5 and 1.250 in Vietnamese. */
export const number = (language: Language, value: number) => value.toLocaleString(language);
