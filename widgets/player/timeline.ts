/** Where one is in the whole audio: pure functions over the marks, which are in order of time. */

import type { SentenceMark, WordMark } from "../core/contract.ts";

/** Place in the marks of the sentence that sounds now; in a pause, the one that sounded last; -1 before the first. */
export const markAt = (marks: readonly SentenceMark[], ms: number) => marks.filter(({ startMs }) => startMs <= ms).length - 1;

/** The word that sounds now, or undefined between words. */
export const wordAt = (words: readonly WordMark[], ms: number) => words.find(([start, end]) => start <= ms && ms < end);

/**
 * Where "previous" and "next" go: to the first of another group, such as the sentences of a paragraph, which
 * stand together. "Previous" goes to the start of its own group first, where much of that has sounded. Behind
 * the last it is the number of all.
 */
export function hop(groups: readonly number[], here: number, direction: 1 | -1, sounded?: (at: number) => boolean): number {
  if (direction > 0) return groups.lastIndexOf(groups[here]!) + 1;
  const start = groups.indexOf(groups[here]!);
  return start > 0 && !sounded?.(start) ? groups.indexOf(groups[start - 1]!) : start;
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
