/** The words of the interface: those of the bar are there at once, the others come with what they name. */

import * as bar from "../generated/bar.ts";
import type { words } from "../generated/vi.ts";
import { phrases } from "../parts.ts";

export type Words = Record<keyof typeof bar.vi | keyof typeof words, string>;
export type Key = keyof Words;

const tables: Record<"vi" | "en", Partial<Words>> = { vi: { ...bar.vi }, en: { ...bar.en } };

const known = new Set<string>();

/** Calls back when the language's words are all there: at once if they are. */
export function withWords(language: string, then: () => void): void {
  if (known.has(language)) return then();
  void phrases(language).then(({ words }) => {
    known.add(language);
    Object.assign(tables[language === "en" ? "en" : "vi"], words);
    then();
  });
}

/** A phrase, with `{n}` and `{m}` filled in. */
export function say(language: string, key: Key, n: string | number = "", m: string | number = ""): string {
  const words = tables[language === "en" ? "en" : "vi"];
  return (words[key] ?? key).replace("{n}", String(n)).replace("{m}", String(m));
}

/** A number as the language writes it: 1,5 and 1.250 in Vietnamese. */
export function number(language: string, value: number): string {
  return new Intl.NumberFormat(language === "en" ? "en" : "vi", { maximumFractionDigits: 2 }).format(value);
}

/** Milliseconds as 1:05 or 1:02:03. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const pad = (value: number) => String(value).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours ? `${hours}:${pad(minutes)}:${pad(seconds % 60)}` : `${minutes}:${pad(seconds % 60)}`;
}
