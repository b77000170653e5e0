/** An article on this page: its data, its place in the DOM, and the rules that lie on it. */

import { articleStyle, type Target } from "./article-style.ts";
import { beside } from "./beside.ts";
import type { Article } from "./contract.ts";
import { guard } from "./guards.ts";
import { common, find, Located, outside, selectorOf, templateSelector } from "./locate.ts";
import { keep, onChoice, type Preferences, preferences, recall } from "./preferences.ts";
import { adopt } from "./sheets.ts";

/** What the loader lays on the next page of the same template before its first paint. */
export interface Paint {
  css: string;
  /** Selector of the element that the bar stood before, and the bar's height. */
  spot: string;
  height: number;
}

/** Templates whose paint is kept at most. */
const KEPT = 12;

/** Pages of one template mostly share their path but for its last part and the digits. */
export function shape(path: string): string {
  return path.replace(/[^/]*$/, "").replace(/\d+/g, "#");
}

let count = 0;

export class Reading extends EventTarget {
  readonly located: Located;
  readonly parts: Element[];
  readonly column: Element | null;
  readonly #key = `article-${count++}`;
  readonly #stop: () => void;
  readonly #resized: ResizeObserver;
  #guards = "";
  #guarded = "";
  #frame = 0;

  constructor(readonly article: Article, readonly base: string, readonly root: Document | ShadowRoot = document) {
    super();
    this.located = new Located(article, root);
    const { title, body } = this.located;
    const main = [title, body].filter((each): each is Element => Boolean(each));
    const every = [...main, ...outside(article.blocks, root, main)];
    const parts = every.filter((each) => !every.some((other) => other !== each && other.contains(each)));
    this.parts = [...parts, ...beside(article, parts)];
    this.column = this.#findColumn();
    this.#stop = onChoice(() => this.style());
    this.#resized = new ResizeObserver(() => this.style());
    const measured = this.column ?? this.parts[0];
    if (measured) this.#resized.observe(measured);
    this.style();
  }

  /** Whether the page still holds the article. */
  get alive(): boolean {
    return this.parts.length > 0 && this.parts.every((each) => each.isConnected);
  }

  /** An address of the article's links, resolved. */
  link(name: "summary" | "audio" | "marks" | "reader"): string {
    const link = this.article.links?.[name];
    return link ? new URL(link, this.base).href : "";
  }

  /** The element around all parts, if it holds little else than the article. */
  #findColumn(): Element | null {
    const column = common(this.parts);
    if (!column || column === document.body || column === document.documentElement) return null;
    const own = this.article.blocks.reduce((sum, { text }) => sum + text.length, this.article.title.length);
    return (column.textContent ?? "").replace(/\s+/g, " ").length > own * 2.5 + 600 ? null : column;
  }

  #target(name: (element: Element) => string): Target {
    const tables = this.article.blocks.filter(({ kind }) => kind === "table");
    return {
      parts: this.parts.map(name),
      column: this.column ? name(this.column) : "",
      tables: tables.map(({ path }) => find(this.root, path)).filter((each) => each?.localName === "table").map((each) => selectorOf(each!)),
      width: (this.column ?? this.parts[0])?.clientWidth ?? 0,
    };
  }

  /** Lays the rules for the reader's choices; repairs what grew out of its place a frame later. */
  style(): void {
    const now = preferences();
    const target = this.#target(selectorOf);
    const state = `${now.size} ${now.font} ${now.line} ${now.letter} ${now.word} ${target.width}`;
    if (state !== this.#guarded) this.#guards = "";
    adopt(this.root, this.#key, articleStyle(now, target, this.#guards));
    if (now.font !== "page") void import("./fonts.ts").then(({ loadFont }) => loadFont(now.font));
    this.dispatchEvent(new Event("style"));
    if (state === this.#guarded || now.size === 100) return;
    this.#guarded = state;
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#repair(now, target));
  }

  #repair(now: Readonly<Preferences>, target: Target): void {
    for (let round = 0; round < 4; round++) {
      const found = guard(this.parts, target.tables);
      if (!found) break;
      this.#guards += found;
      adopt(this.root, this.#key, articleStyle(now, target, this.#guards));
    }
  }

  /** Keeps the rules for the next page of this template. */
  remember(spot: Element, height: number): void {
    if (this.root !== document) return;
    const target = { ...this.#target(templateSelector), tables: [] };
    const kept = recall<Record<string, Paint>>("paint", {});
    const here = shape(location.pathname);
    delete kept[here];
    kept[here] = { css: articleStyle(preferences(), target), spot: templateSelector(spot), height: Math.round(height) };
    keep("paint", Object.fromEntries(Object.entries(kept).slice(-KEPT)));
  }

  /** Takes the rules away and forgets the page. */
  close(): void {
    this.#stop();
    this.#resized.disconnect();
    cancelAnimationFrame(this.#frame);
    adopt(this.root, this.#key, "");
    this.dispatchEvent(new Event("close"));
  }
}

/** Readings by the address of their JSON and their tree, so that several elements share one. */
const shared = new WeakMap<Document | ShadowRoot, Map<string, Promise<Reading>>>();

/** The article of this JSON in this tree; throws what fetching throws. */
export function reading(address: string, root: Document | ShadowRoot): Promise<Reading> {
  const url = new URL(address, document.baseURI).href;
  let known = shared.get(root);
  if (!known) shared.set(root, (known = new Map()));
  let found = known.get(url);
  if (!found) {
    found = fetch(url).then(async (answer) => {
      if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
      return new Reading((await answer.json()) as Article, url, root);
    });
    known.set(url, found);
  }
  return found;
}
