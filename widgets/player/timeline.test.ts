import assert from "node:assert/strict";
import { test } from "node:test";
import { clock, hop, markAt, stretches, wordAt } from "./timeline.ts";

const mark = (index: number, startMs: number, endMs: number) => ({ index, startMs, endMs, words: [] });
const marks = [mark(-1, 0, 2000), mark(0, 2300, 9000), mark(1, 9300, 12000), mark(2, 12300, 20000)];

test("the mark that sounds, and in a pause the one before", () => {
  assert.equal(markAt(marks, 0), 0);
  assert.equal(markAt(marks, 2100), 0);
  assert.equal(markAt(marks, 2300), 1);
  assert.equal(markAt(marks, 99999), 3);
  assert.equal(markAt([], 5), -1);
});

test("no word between words", () => {
  const words: [number, number, number, number][] = [[100, 200, 0, 3], [250, 300, 4, 7]];
  assert.equal(wordAt(words, 50), undefined);
  assert.deepEqual(wordAt(words, 150), words[0]);
  assert.equal(wordAt(words, 220), undefined);
  assert.deepEqual(wordAt(words, 250), words[1]);
});

const never = () => false;

test("previous goes to the sentence's own start first, then to the one before", () => {
  assert.equal(hop([0, 1, 2], 1, -1, (at) => at === 1), 1);
  assert.equal(hop([0, 1, 2], 1, -1, never), 0);
  assert.equal(hop([0, 1, 2], 0, -1, never), 0);
});

test("next goes behind the last where no more is known yet", () => {
  assert.equal(hop([0, 1, 2], 1, 1, never), 2);
  assert.equal(hop([0, 1, 2], 2, 1, never), 3);
});

test("paragraphs are sentences of one block", () => {
  const blocks = [-1, 0, 0, 1];
  assert.equal(hop(blocks, 1, 1, never), 3);
  assert.equal(hop(blocks, 2, -1, (at) => at === 1), 1);
  assert.equal(hop(blocks, 2, -1, never), 0);
  assert.equal(hop(blocks, 3, -1, never), 1);
  assert.equal(hop(blocks, 3, 1, never), 4);
});

test("times as people write them", () => {
  assert.deepEqual([0, 65_900, 600_000, 3_723_000].map(clock), ["0:00", "1:05", "10:00", "1:02:03"]);
});

test("neighbouring sentences become one stretch, others stay apart, in the order asked for", () => {
  assert.deepEqual(stretches(marks, [0, 1]), [{ startMs: 2300, endMs: 12000 }]);
  assert.deepEqual(stretches(marks, [2, 0]), [{ startMs: 12300, endMs: 20000 }, { startMs: 2300, endMs: 9000 }]);
  assert.deepEqual(stretches(marks, [7]), []);
});
