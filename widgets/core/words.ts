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
  return (tables[language][word] ?? "").replace("{n}", String(n)).replace("{m}", String(m));
}

/** A number as the language writes it: 1,5 and 1.250 in Vietnamese. */
export function number(language: Language, value: number): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(value);
}

/** Milliseconds as 1:05 or 1:02:03. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60];
  if (seconds >= 3600) parts.unshift(Math.floor(seconds / 3600));
  return parts.map((part, at) => (at ? String(part).padStart(2, "0") : part)).join(":");
}
