import assert from "node:assert/strict";
import { test } from "node:test";
import { choose, isVietnamese } from "./voices.ts";

const voice = (lang: string, name: string, localService = true) => ({ lang, name, localService });

/** What seven platforms list, from readium/speech (json/vi.json) and the notes in docs/widget.md. */
const platforms = {
  edge: [voice("en-US", "Microsoft David"), voice("vi-VN", "Microsoft HoaiMy Online (Natural) - Vietnamese (Vietnam)", false)],
  chrome: [voice("de-DE", "Google Deutsch", false), voice("en-GB", "Google UK English Female", false), voice("fr-FR", "Google français", false)],
  windows: [voice("en-US", "Microsoft Zira"), voice("vi-VN", "Microsoft An - Vietnamese (Vietnam)")],
  macos: [voice("en-US", "Samantha"), voice("vi-VN", "Linh")],
  android: [voice("en_US", "English United States"), voice("vi_VN", "Vietnamese Vietnam")],
  androidWithout: [voice("en_US", "English United States"), voice("vie-like", "no such tag"), voice("en-VN", "English (Vietnam)")],
  linux: [],
};

test("only Vietnamese voices speak Vietnamese, on every platform", () => {
  for (const voices of Object.values(platforms)) {
    const chosen = choose(voices);
    if (chosen) assert.ok(isVietnamese(chosen));
  }
  assert.equal(choose(platforms.chrome), null);
  assert.equal(choose(platforms.linux), null);
  assert.equal(choose(platforms.windows)?.name, "Microsoft An - Vietnamese (Vietnam)");
  assert.equal(choose(platforms.android)?.lang, "vi_VN");
});

test("tags of other languages are never taken for Vietnamese", () => {
  for (const lang of ["en-VN", "vie2", "vii", "vo", "", "ven"]) assert.equal(isVietnamese(voice(lang, "x")), false, lang);
  for (const lang of ["vi", "vi-VN", "vi_VN", "vie", "vie-VNM", "VI-vn"]) assert.equal(isVietnamese(voice(lang, "x")), true, lang);
});

test("a voice on the device goes before one that sends the text away", () => {
  assert.equal(choose([voice("vi-VN", "online", false), voice("vi-VN", "local")])?.name, "local");
});
