/** Where one is in the whole audio: pure functions over the marks, which are in order of time. */

import type { SentenceMark, WordMark } from "../core/contract.ts";

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
export const markAt = (marks: readonly SentenceMark[], ms: number) => lastBefore(marks, ms, ({ startMs }) => startMs);

/** The word that sounds now, or null between words. */
export function wordAt(words: readonly WordMark[], ms: number): WordMark | null {
  const word = words[lastBefore(words, ms, ([start]) => start)];
  return word && ms < word[1] ? word : null;
}

/**
 * Where "previous" and "next" go: to the first of another group, such as the sentences of a paragraph, which
 * stand together. "Previous" goes to the start of its own group first, where much of that has sounded. Behind
 * the last it is the number of all.
 */
export function hop(groups: readonly number[], here: number, direction: 1 | -1, sounded: (at: number) => boolean): number {
  if (direction > 0) return groups.lastIndexOf(groups[here]!) + 1;
  const start = groups.indexOf(groups[here]!);
  return start > 0 && !sounded(start) ? groups.indexOf(groups[start - 1]!) : start;
}

/** Milliseconds as 1:05 or 1:02:03. */
export const clock = (ms: number) => new Date(ms).toISOString().slice(11, 19).replace(/^(00:)?0?/, "");

/** A stretch of the audio to be played. */
export interface Stretch {
  startMs: number;
  endMs: number;
}

/** The stretches of these sentences, in their order, neighbours joined. */
export function stretches(marks: readonly SentenceMark[], sentences: readonly number[]): Stretch[] {
  const found: Stretch[] = [];
  let next = -1;
  for (const index of sentences) {
    const place = marks.findIndex((mark) => mark.index === index);
    const mark = marks[place];
    if (!mark) continue;
    const { startMs, endMs } = mark;
    if (place === next) found.at(-1)!.endMs = endMs;
    else found.push({ startMs, endMs });
    next = place + 1;
  }
  return found;
}
