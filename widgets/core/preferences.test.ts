import assert from "node:assert/strict";
import { test } from "node:test";
import { defaults, format, parse, sizes, step } from "./preferences.ts";

test("what is written is read back, and defaults are not written", () => {
  assert.equal(format(defaults), "");
  const some = { ...defaults, size: 150, theme: "dark" as const, letter: 0.12, follow: 0 as const };
  assert.equal(format(some), "size=150&theme=dark&letter=0.12&follow=0");
  assert.deepEqual(parse(format(some)), some);
});

test("what is unknown or out of range is the default", () => {
  assert.deepEqual(parse("size=900&theme=red&x=1&line=abc&speed=&font=<b>&__proto__=1"), defaults);
});

test("steps stop at both ends and find the next from any value", () => {
  assert.equal(step(sizes, 100, -1), 100);
  assert.equal(step(sizes, 300, 1), 300);
  assert.equal(step(sizes, 110, 1), 115);
  assert.equal(step(sizes, 110, -1), 100);
});
