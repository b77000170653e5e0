import assert from "node:assert/strict";
import { test } from "node:test";
import { markAt, neighbour, otherBlock, stretches, wordAt } from "./timeline.ts";

const mark = (index: number, startMs: number, endMs: number) => ({ index, startMs, endMs, words: [] });
const marks = [mark(-1, 0, 2000), mark(0, 2300, 9000), mark(1, 9300, 12000), mark(2, 12300, 20000)];
const sentences = [{ block: 0, start: 0, end: 9 }, { block: 0, start: 10, end: 19 }, { block: 1, start: 0, end: 5 }];

test("the mark that sounds, and in a pause the one before", () => {
  assert.equal(markAt(marks, 0), 0);
  assert.equal(markAt(marks, 2100), 0);
  assert.equal(markAt(marks, 2300), 1);
  assert.equal(markAt(marks, 99999), 3);
  assert.equal(markAt([], 5), -1);
});

test("no word between words", () => {
  const words: [number, number, number, number][] = [[100, 200, 0, 3], [250, 300, 4, 7]];
  assert.equal(wordAt(words, 50), null);
  assert.deepEqual(wordAt(words, 150), words[0]);
  assert.equal(wordAt(words, 220), null);
  assert.deepEqual(wordAt(words, 250), words[1]);
});

test("previous goes to the sentence's own start first, then to the one before", () => {
  assert.equal(neighbour(marks, 8000, -1), 2300);
  assert.equal(neighbour(marks, 2500, -1), 0);
  assert.equal(neighbour(marks, 100, -1), 0);
});

test("next is null where no more is known yet", () => {
  assert.equal(neighbour(marks, 2500, 1), 9300);
  assert.equal(neighbour(marks, 13000, 1), null);
});

test("paragraphs are sentences of one block", () => {
  assert.equal(otherBlock(marks, sentences, 3000, 1), 12300);
  assert.equal(otherBlock(marks, sentences, 10000, -1), 2300);
  assert.equal(otherBlock(marks, sentences, 12400, -1), 2300);
  assert.equal(otherBlock(marks, sentences, 12400, 1), null);
});

test("neighbouring sentences become one stretch, others stay apart, in the order asked for", () => {
  assert.deepEqual(stretches(marks, [0, 1]), [{ startMs: 2300, endMs: 12000 }]);
  assert.deepEqual(stretches(marks, [2, 0]), [{ startMs: 12300, endMs: 20000 }, { startMs: 2300, endMs: 9000 }]);
  assert.deepEqual(stretches(marks, [7]), []);
});
