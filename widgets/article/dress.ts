/** Lays the reader's choices on an article: rules, repairs, font, aids; and keeps them for the next page. */

import { find, selectorOf, templateSelector } from "../core/find.ts";
import { keep, preferences, recall } from "../core/preferences.ts";
import type { Reading } from "../core/reading.ts";
import { adopt } from "../core/sheets.ts";
import { explain } from "../glossary/meaning.ts";
import { aids } from "../focus/focus.ts";
import { articleStyle, type Target } from "./article-style.ts";
import { beside } from "./beside.ts";
import { fontFaces, loadFont } from "./fonts.ts";
import { frame, guard } from "./guards.ts";
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
function shape(path: string): string {
  return path.replace(/[^/]*$/, "").replace(/\d+/g, "#");
}

class Dress {
  readonly #key: string;
  /** What is scaled: the article's parts, and the date and the author beside them. */
  readonly #parts: readonly Element[];
  readonly #shape = shape(location.pathname);
  readonly #path = location.pathname + location.search;
  #frame = "";
  #guards = "";
  #state = "";

  constructor(readonly reading: Reading, count: number) {
    this.#key = `article-${count}`;
    this.#parts = [...reading.parts, ...beside(reading.article, reading.parts)];
    const resized = new ResizeObserver(() => this.lay());
    const measured = reading.column ?? reading.parts[0];
    if (measured) resized.observe(measured);
    reading.addEventListener("close", () => {
      resized.disconnect();
      adopt(reading.root, this.#key, "");
    });
  }

  #target(name: (element: Element) => string): Target {
    const { article, column, root } = this.reading;
    const parts = this.#parts;
    const tables = article.blocks.filter(({ kind }) => kind === "table").map(({ path }) => find(root, path));
    return {
      parts: parts.map(name),
      column: column ? name(column) : "",
      tables: tables.filter((each) => each?.localName === "table").map((each) => selectorOf(each!)),
      width: (column ?? parts[0])?.clientWidth ?? 0,
    };
  }

  /** Lays the rules, and repairs what grows out of its place before anyone sees it. */
  lay(): void {
    const now = preferences();
    const target = this.#target(selectorOf);
    // The window's width with its scroll bar, not the column's: those change with the repairs, which would never end.
    const state = [now.size, now.font, now.line, now.letter, now.word, innerWidth].join();
    const changed = state !== this.#state;
    if (changed) {
      // What the last page needed lies there already: the page must not be seen, nor measured, without it.
      const kept = recall<Record<string, Paint>>("paint", {})[this.#shape];
      const fits = kept?.state === state;
      this.#frame = fits ? kept.frame : "";
      this.#guards = fits && kept.path === this.#path ? kept.own : "";
      this.#state = state;
    }
    const put = () => adopt(this.reading.root, this.#key, articleStyle(now, target, this.#frame + this.#guards));
    if (changed && now.size > 100 && !CSS.supports("zoom", "2")) {
      adopt(this.reading.root, this.#key, "");
      this.reading.unpaint?.();
      this.#guards = fontSizes(this.#parts, now.size / 100, now.line);
    }
    put();
    this.reading.unpaint?.();
    if (now.font !== "page") loadFont(now.font);
    for (let round = 0; changed && round < ROUNDS && now.size > 100; round++) {
      const around = frame(this.#parts[0]!);
      const within = guard(this.#parts, target.tables);
      if (!around && !within) break;
      this.#frame += around;
      this.#guards += within;
      put();
    }
    this.#remember();
  }

  /** Keeps the rules and the bar's place for the next page of this template; the loader lays them. */
  #remember(): void {
    const { root, spot } = this.reading;
    const bar = spot?.previousElementSibling;
    if (root !== document || !spot || !bar) return;
    const kept = recall<Record<string, Paint>>("paint", {});
    delete kept[this.#shape];
    const now = preferences();
    kept[this.#shape] = {
      css: articleStyle(now, this.#target(templateSelector), this.#frame) + this.reading.hidden,
      own: this.#guards,
      path: this.#path,
      fonts: fontFaces(now.font),
      spot: templateSelector(spot),
      height: bar.getBoundingClientRect().height,
      state: this.#state,
      frame: this.#frame,
    };
    keep("paint", Object.fromEntries(Object.entries(kept).slice(-KEPT)));
  }
}

const dresses = new WeakMap<Reading, Dress>();
let count = 0;

/** Brings an article in line with the choices of now. */
export function dress(reading: Reading): void {
  let found = dresses.get(reading);
  if (!found) dresses.set(reading, (found = new Dress(reading, count++)));
  found.lay();
  aids(reading);
  explain(reading);
}
