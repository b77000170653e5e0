/**
 * The rules that change how the article looks. They are made of selectors and numbers only, so that the
 * loader can lay the same rules on the next page before it is first painted.
 */

import type { Preferences } from "../core/preferences.ts";
import css from "./article.css";
import { fill } from "./blanks.ts";

/** Where the rules apply: selectors of the article's parts. */
export interface Target {
  /** Parts that are scaled: title, body, what stands beside them. None holds another. */
  parts: string[];
  /** The element around all of them that takes the colours; "" colours the parts. */
  column: string;
  /** Data tables, which scroll sideways in themselves when they are too wide. */
  tables: string[];
  /** Width of the column in CSS pixels. */
  width: number;
}

/** Ink, paper and link of each theme: all above 7:1, checked by a test. */
const themes: Record<Preferences["theme"], [ink: string, paper: string, link: string] | []> = {
  page: [],
  light: ["#1a1a1a", "#fff", "#00468b"],
  sepia: ["#33261a", "#f8efdc", "#0b4a63"],
  dark: ["#e8eaed", "#16191d", "#9fd0ff"],
  contrast: ["#fff", "#000", "#8fe3ff"],
  yellow: ["#ffee32", "#000", "#9ff0ff"],
};

/** What is no text, and keeps its size and its colours. */
export const MEDIA = "img,picture,video,audio,iframe,object,embed,canvas,svg,svg *";

/** Below this many unscaled pixels of width nothing may float beside the text (about 22 characters). */
const FLOAT_WIDTH = 400;

/** The rules for these choices, and repairs; or "" if everything is as on the page. */
export function articleStyle(choices: Readonly<Preferences>, target: Target, repairs: string): string {
  const { size, letter, word, font } = choices;
  const parts = `:is(${target.parts})`;
  const tables = target.tables.length ? `:is(${target.tables})` : "";
  const [ink, paper, link] = themes[choices.theme];
  const zoom = size / 100;
  const zoomed = zoom > 1 ? parts : "";
  const sheet = fill(css, {
    ...choices, text: parts, zoom, zoomed, ink, paper, link,
    media: MEDIA,
    narrow: target.width / zoom < FLOAT_WIDTH && zoomed,
    grids: tables || "none",
    scrolling: (zoomed || letter || word) && tables,
    font: font !== "page" && `readable-${font}`,
    themed: target.column || parts,
  });
  return sheet.includes("!") || repairs ? `${sheet}@media screen{${repairs}}` : "";
}
