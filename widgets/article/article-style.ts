/**
 * The rules that change how the article looks. They are made of selectors and numbers only, so that the
 * loader can lay the same rules on the next page before it is first painted.
 */

import { type Preferences } from "../core/preferences.ts";

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

/** Ink, paper, link and line of each theme: all above 7:1, checked by a test. */
export const themes: Record<Exclude<Preferences["theme"], "page">, [ink: string, paper: string, link: string]> = {
  light: ["#1a1a1a", "#ffffff", "#00468b"],
  sepia: ["#33261a", "#f8efdc", "#0b4a63"],
  dark: ["#e8eaed", "#16191d", "#9fd0ff"],
  contrast: ["#ffffff", "#000000", "#8fe3ff"],
  yellow: ["#ffee32", "#000000", "#9ff0ff"],
};

/** What is no text, and keeps its size and its colours. */
export const MEDIA = "img,picture,video,audio,iframe,object,embed,canvas,svg,svg *";

/** Below this many unscaled pixels of width nothing may float beside the text (about 22 characters). */
const FLOAT_WIDTH = 400;

/** The rules for these choices, or "" if everything is as on the page. */
export function articleStyle(choices: Readonly<Preferences>, target: Target, guards = ""): string {
  const parts = target.parts.join(",");
  if (!parts) return "";
  const all = `:is(${parts})`;
  const inside = `:is(${parts}) :not(${MEDIA})`;
  const both = `${all},${inside}`;
  const rules: string[] = [];
  const zoom = choices.size / 100;
  if (zoom !== 1) {
    rules.push(
      `${all}{zoom:${zoom};max-width:100%!important;overflow-wrap:anywhere!important;text-size-adjust:none;-webkit-text-size-adjust:none}`,
      `${inside}{max-width:100%!important;min-width:0!important;overflow-wrap:inherit}`,
      `${all} :is(img,picture,video,iframe,object,embed,canvas,svg):not(picture *,svg *){zoom:${1 / zoom};max-width:100%!important}`,
      `${all} :is(img,video){height:auto!important}`,
    );
    if (target.width / zoom < FLOAT_WIDTH) rules.push(...narrow(all, target.tables));
    rules.push(guards);
  }
  if (target.tables.length && (zoom !== 1 || choices.letter || choices.word)) {
    const tables = `:is(${target.tables.join(",")})`;
    rules.push(
      `${tables}{display:block!important;overflow-x:auto!important;overflow-wrap:normal!important;width:auto!important}`,
      `${tables} :is(td,th){min-width:4em!important}`,
    );
  }
  if (choices.line) rules.push(`${both}{line-height:${choices.line}!important}`);
  if (choices.letter) rules.push(`${both}{letter-spacing:${choices.letter}em!important}`);
  if (choices.word) rules.push(`${both}{word-spacing:${choices.word}em!important}`);
  if (choices.paragraph) {
    rules.push(`${all} :is(p,li,blockquote){margin-bottom:${choices.paragraph}em!important}`);
  }
  if (choices.width) rules.push(`${all}{max-width:min(100%,${choices.width}ch)!important}`);
  if (choices.font !== "page") {
    rules.push(`${all},${all} :not(${MEDIA},pre,code,i:empty,[class*=icon],[class*=fa-]){font-family:readable-${choices.font},sans-serif!important}`);
  }
  // Forced colours are the reader's own choice, made once for every page: ours step back.
  const colours = choices.theme === "page" ? "" : `@media (forced-colors:none){${theme(choices.theme, target)}}`;
  return rules.length || colours ? `@media screen{${rules.join("")}${colours}}` : "";
}

/** On a narrow line, floats stand alone and tables that only lay out the page become plain boxes. */
function narrow(all: string, tables: readonly string[]): string[] {
  const data = tables.length ? `:not(${tables.map((each) => `${each},${each} *`).join(",")})` : "";
  return [
    `${all} :is(img,figure,table,div,span,td){float:none!important}`,
    `${all} img{margin-inline:auto!important}`,
    `${all} :is(table,tbody,thead,tr,td,th)${data}{display:block!important;width:auto!important}`,
    `${all} :is(ul,ol){padding-inline-start:1.2em!important}`,
    `${all} :is(p,div,blockquote,h1,h2,h3,h4){margin-inline:0!important;text-indent:0!important}`,
  ];
}

function theme(name: Exclude<Preferences["theme"], "page">, target: Target): string {
  const [ink, paper, link] = themes[name];
  const column = target.column || `:is(${target.parts.join(",")})`;
  const inside = `${column} :not(${MEDIA})`;
  // The fill colour too: an inline `color: … !important` cannot be beaten, but it does not set the fill.
  return (
    // The ring keeps the text off the edge without moving it.
    `${column}{background:${paper}!important;color:${ink}!important;box-shadow:-12px 0 ${paper},12px 0 ${paper}!important}` +
    `${inside}{color:${ink}!important;-webkit-text-fill-color:${ink}!important;background-color:transparent!important;` +
    `background-image:none!important;border-color:${ink}!important;text-shadow:none!important;box-shadow:none!important}` +
    `${column} a[href],${column} a[href] :not(${MEDIA}){color:${link}!important;-webkit-text-fill-color:${link}!important;text-decoration:underline!important}`
  );
}
