/** Lays the reader's choices on an article: rules, repairs, font, aids; and keeps them for the next page. */

import { find, selectorOf } from "../core/find.ts";
import { preferences } from "../core/preferences.ts";
import type { Reading } from "../core/reading.ts";
import { adopt } from "../core/sheets.ts";
import { aids } from "../focus/focus.ts";
import { explain } from "../glossary/meaning.ts";
import { articleStyle, type Target } from "./article-style.ts";
import { fontFaces, loadFont } from "./fonts.ts";
import { frame, guard } from "./guards.ts";
import { shelf, shelve } from "./shelf.ts";
import { templateSelector } from "./template.ts";
import { fontSizes } from "./without-zoom.ts";

/** Templates whose rules are kept at most. */
const KEPT = 12;
/** Repairs can lay bare what was hidden; more rounds than this help no page that we have seen. */
const ROUNDS = 4;

/** What one page of a template leaves for the next; the loader lays it before the first paint. */
interface Paint {
  /** The rules for every page of the template, with the repairs of the frame around the article. */
  css: string;
  /** The repairs of this very page, and its address. */
  own: string;
  path: string;
  fonts: ReturnType<typeof fontFaces>;
  /** Selector of what the bar stands before, and the bar's height in CSS pixels. */
  spot: string;
  height: number;
  /** What the repairs were made for, and those of the frame. */
  state: string;
  frame: string;
}

/** Pages of one template mostly share their path but for its last part and the digits. */
const shape = () => location.pathname.replace(/[^/]*$/, "").replace(/\d+/g, "#");

/** Of these rules, those that do not lie yet. */
const fresh = (rules: readonly string[], laid: string) => rules.filter((rule) => !laid.includes(rule)).join("");

let count = 0;

/** Returns what brings the article in line with the choices of now. */
function dresser(reading: Reading): () => void {
  const { article, tree, column, parts } = reading;
  const key = `article-${count++}`;
  const first = parts[0]!;
  const template = shape();
  const path = location.pathname + location.search;
  let around = "";
  let within = "";
  let state = "";

  const target = (name: (element: Element) => string): Target => ({
    parts: parts.map(name),
    column: column ? name(column) : "",
    tables: article.blocks.flatMap(({ kind, path }) => {
      const table = kind === "table" && find(tree, path);
      return table && table.localName === kind ? selectorOf(table) : [];
    }),
    width: (column ?? first).clientWidth,
  });

  /** Keeps the rules and the bar's place for the next page of this template; the loader lays them. */
  const remember = () => {
    const bar = reading.spot?.previousElementSibling;
    if (tree !== document || !bar) return;
    const now = preferences();
    const paint: Paint = {
      css: articleStyle(now, target(templateSelector), around) + reading.hidden,
      own: within, path, state,
      fonts: fontFaces(now.font),
      spot: templateSelector(reading.spot!),
      height: bar.getBoundingClientRect().height,
      frame: around,
    };
    shelve("paint", template, paint, KEPT);
  };

  /** Lays the rules, and repairs what grows out of its place before anyone sees it. */
  const lay = () => {
    const now = preferences();
    const here = target(selectorOf);
    const put = () => adopt(tree, key, articleStyle(now, here, around + within));
    // The window's width with its scroll bar, not the column's: those change with the repairs, which would never end.
    const before = state;
    const larger = now.size > 100;
    state = [now.size, now.font, now.line, now.letter, now.word, innerWidth].join();
    const changed = state !== before;
    if (changed) {
      // What the last page needed lies there already: the page must not be seen, nor measured, without it.
      const kept = shelf<Paint>("paint")[template];
      const fits = kept?.state === state;
      around = fits ? kept.frame : "";
      within = fits && kept.path === path ? kept.own : "";
    }
    // Nothing is painted before our own rules lie.
    reading.unpaint?.();
    if (changed && larger && !CSS.supports("zoom", "2")) {
      adopt(tree, key, "");
      within = fontSizes(parts, now.size / 100, now.line);
    }
    put();
    loadFont(now.font);
    // Each time that something has moved: a font or a picture that comes late may need more. Only ever more,
    // so that it ends.
    for (let round = 0; larger && round < ROUNDS; round++) {
      const more = [fresh(frame(first), around), fresh(guard(parts, here.tables), within)] as const;
      if (!more.join("")) break;
      around += more[0];
      within += more[1];
      put();
    }
    remember();
  };

  const resized = new ResizeObserver(lay);
  resized.observe(column ?? first);
  reading.ends.push(() => {
    resized.disconnect();
    adopt(tree, key, "");
  });
  return lay;
}

/** Brings an article in line with the choices of now. */
export function dress(reading: Reading): void {
  if (!reading.parts.length) return;
  reading.layers ??= [dresser(reading), aids(reading), explain(reading)];
  for (const lay of reading.layers) lay();
}
