/** Where one is in the whole audio: pure functions over the marks, which are in order of time. */

import type { Sentence, SentenceMark, WordMark } from "../core/contract.ts";

/** Index of the last entry that begins at or before this time, -1 before the first. */
export function lastBefore<T>(entries: readonly T[], ms: number, begin: (entry: T) => number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (begin(entries[middle]!) <= ms) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Place in the marks of the sentence that sounds now; in a pause, the one that sounded last. */
export function markAt(marks: readonly SentenceMark[], ms: number): number {
  return lastBefore(marks, ms, (mark) => mark.startMs);
}

/** The word that sounds now, or null between words. */
export function wordAt(words: readonly WordMark[], ms: number): WordMark | null {
  const word = words[lastBefore(words, ms, ([start]) => start)];
  return word && ms < word[1] ? word : null;
}

/** Above this far into a sentence, "previous" goes to its own start first: in milliseconds. */
const RESTART = 2500;

/** Where "previous sentence" and "next sentence" go, in milliseconds; null where there is none (yet). */
export function neighbour(marks: readonly SentenceMark[], ms: number, direction: 1 | -1): number | null {
  const here = markAt(marks, ms);
  const current = marks[here];
  if (direction < 0 && current && ms - current.startMs > RESTART) return current.startMs;
  return marks[here + direction]?.startMs ?? (direction < 0 ? (marks[0]?.startMs ?? 0) : null);
}

/** The same for paragraphs: the first spoken sentence of another block. */
export function otherBlock(
  marks: readonly SentenceMark[], sentences: readonly Sentence[], ms: number, direction: 1 | -1,
): number | null {
  const block = (mark: SentenceMark | undefined) => (mark && mark.index >= 0 ? sentences[mark.index]?.block : -1);
  const here = Math.max(0, markAt(marks, ms));
  const own = block(marks[here]);
  let at = here;
  while (marks[at] && block(marks[at]) === own) at += direction;
  if (direction > 0) return marks[at]?.startMs ?? null;
  const first = at + 1;
  if (marks[first] && ms - marks[first].startMs > RESTART) return marks[first].startMs;
  const other = block(marks[at]);
  while (at > 0 && block(marks[at - 1]) === other) at--;
  return marks[Math.max(0, at)]?.startMs ?? 0;
}

/** Milliseconds as 1:05 or 1:02:03. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60];
  if (seconds >= 3600) parts.unshift(Math.floor(seconds / 3600));
  return parts.map((part, at) => (at ? String(part).padStart(2, "0") : part)).join(":");
}

/** A stretch of the audio to be played. */
export interface Stretch {
  startMs: number;
  endMs: number;
}

/** The stretches of these sentences, in their order, neighbours joined. */
export function stretches(marks: readonly SentenceMark[], sentences: readonly number[]): Stretch[] {
  const found: Stretch[] = [];
  for (const index of sentences) {
    const place = marks.findIndex((mark) => mark.index === index);
    const mark = marks[place];
    if (!mark) continue;
    const last = found.at(-1);
    if (last && last.endMs <= mark.startMs && marks[place - 1] && last.endMs >= marks[place - 1]!.endMs) last.endMs = mark.endMs;
    else found.push({ startMs: mark.startMs, endMs: mark.endMs });
  }
  return found;
}
