/** The words of the interface: those of the bar are there at once, the others come with what they name. */

import * as bar from "../generated/bar.ts";
import type * as panel from "../generated/panel.ts";

export type Words = Record<keyof typeof bar.vi | keyof typeof panel.vi, string>;
export type Key = keyof Words;

const tables: Record<"vi" | "en", Partial<Words>> = { vi: { ...bar.vi }, en: { ...bar.en } };

/** Adds the words of a part that was loaded later. */
export function addWords(words: Record<"vi" | "en", Partial<Words>>): void {
  Object.assign(tables.vi, words.vi);
  Object.assign(tables.en, words.en);
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
