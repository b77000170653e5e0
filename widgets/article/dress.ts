/** Lays the reader's choices on an article: rules, repairs, font, aids; and keeps them for the next page. */

import { find, selectorOf, templateSelector } from "../core/find.ts";
import { keep, preferences, recall } from "../core/preferences.ts";
import type { Reading } from "../core/reading.ts";
import { adopt } from "../core/sheets.ts";
import { explain } from "../glossary/meaning.ts";
import { aids } from "../focus/focus.ts";
import { articleStyle, type Target } from "./article-style.ts";
import { beside } from "./beside.ts";
import { loadFont } from "./fonts.ts";
import { guard } from "./guards.ts";
import { rare } from "../parts.ts";

/** Templates whose rules are kept at most. */
const KEPT = 12;
/** Repairs can lay bare what was hidden; more rounds than this help no page that we have seen. */
const ROUNDS = 4;

/** Pages of one template mostly share their path but for its last part and the digits. */
function shape(path: string): string {
  return path.replace(/[^/]*$/, "").replace(/\d+/g, "#");
}

class Dress {
  readonly #key: string;
  /** What is scaled: the article's parts, and the date and the author beside them. */
  readonly #parts: readonly Element[];
  #guards = "";
  #state = "";
  #frame = 0;

  constructor(readonly reading: Reading, count: number) {
    this.#key = `article-${count}`;
    this.#parts = [...reading.parts, ...beside(reading.article, reading.parts)];
    const resized = new ResizeObserver(() => this.lay());
    const measured = reading.column ?? reading.parts[0];
    if (measured) resized.observe(measured);
    reading.addEventListener("close", () => {
      resized.disconnect();
      cancelAnimationFrame(this.#frame);
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

  /** Lays the rules; repairs what grew out of its place a frame later. */
  lay(): void {
    const now = preferences();
    const target = this.#target(selectorOf);
    // The window's width with its scroll bar, not the column's: those change with the repairs, which would never end.
    const state = [now.size, now.font, now.line, now.letter, now.word, innerWidth].join();
    if (state !== this.#state) this.#guards = "";
    const put = () => adopt(this.reading.root, this.#key, articleStyle(now, target, this.#guards));
    put();
    this.#remember();
    if (now.font !== "page") loadFont(now.font);
    if (state === this.#state) return;
    this.#state = state;
    cancelAnimationFrame(this.#frame);
    const repair = () => {
      this.#frame = requestAnimationFrame(() => {
        for (let round = 0; round < ROUNDS && now.size > 100; round++) {
          const found = guard(this.#parts, target.tables);
          if (!found) break;
          this.#guards += found;
          put();
        }
        this.#remember();
      });
    };
    if (now.size === 100 || CSS.supports("zoom", "2")) return repair();
    void rare().then(({ fontSizes }) => {
      if (state !== this.#state) return;
      adopt(this.reading.root, this.#key, "");
      this.#guards = fontSizes(this.#parts, now.size / 100, now.line);
      put();
      repair();
    });
  }

  /** Keeps the rules and the bar's place for the next page of this template; the loader lays them. */
  #remember(): void {
    const { root, spot } = this.reading;
    const bar = spot?.previousElementSibling;
    if (root !== document || !spot || !bar) return;
    const kept = recall<Record<string, unknown>>("paint", {});
    const here = shape(location.pathname);
    delete kept[here];
    // The repairs are this page's, but those of the frame around the article fit its neighbours too.
    const css = articleStyle(preferences(), this.#target(templateSelector), this.#guards) + this.reading.hidden;
    kept[here] = { css, spot: templateSelector(spot), height: bar.getBoundingClientRect().height };
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

