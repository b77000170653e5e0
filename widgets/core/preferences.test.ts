import assert from "node:assert/strict";
import { test } from "node:test";
import { choose, defaults, format, parse, step } from "./preferences.ts";

test("what is written is read back, and defaults are not written", () => {
  assert.equal(format(defaults), "");
  const some = { ...defaults, size: 150, theme: "dark" as const, letter: 0.12, follow: 0 as const };
  assert.equal(format(some), "size=150&theme=dark&letter=0.12&follow=0");
  assert.deepEqual(parse(format(some)), some);
});

test("what is unknown is the default", () => {
  assert.deepEqual(parse("size=900&theme=red&x=1&line=abc&speed=&font=<b>&__proto__=1"), defaults);
});

test("steps stop at both ends", () => {
  assert.equal(step("size", -1), 100);
  assert.equal(step("size", 1), 115);
  choose({ size: 300, speed: 0.5 });
  assert.equal(step("size", 1), 300);
  assert.equal(step("speed", -1), 0.5);
});
