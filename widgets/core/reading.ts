/** An article on this page: its data and its place in the DOM. What lies on it comes from `article/`. */

import { withLate } from "../parts.ts";
import type { Article } from "./contract.ts";
import { common, find, outside } from "./find.ts";
import { format, onChoice, preferences } from "./preferences.ts";
import type { Language } from "./words.ts";

/** Tells `close` when the page lets it go. */
export class Reading extends EventTarget {
  readonly title: Element | null;
  readonly body: Element | null;
  /** Parts that are scaled: title, body, what stands beside them. None holds another. */
  readonly parts: Element[];
  /** The element around all parts, if it holds little else than the article. */
  readonly column: Element | null;
  /** The rule that hides the portal's own size control. */
  hidden = "";
  /** Takes away what the loader has laid; called when our own rules lie. */
  unpaint: (() => void) | undefined;
  /** Language of the controls, for what lies over the page. */
  language: Language = "vi";
  /** What the bar stands before; the next page of the template finds it again. */
  spot: Element | undefined;
  #stop: () => void;

  constructor(readonly article: Article, readonly base: string, readonly root: Document | ShadowRoot = document) {
    super();
    this.title = find(root, article.titlePath);
    this.body = find(root, article.bodyPath);
    const main = [this.title, this.body].filter((each): each is Element => Boolean(each));
    const every = [...main, ...outside(article.blocks, root, main)];
    this.parts = every.filter((each) => !every.some((other) => other !== each && other.contains(each)));
    this.column = this.#findColumn();
    this.#stop = onChoice(() => this.dress());
  }

  /** Lays the reader's choices on it. */
  dress(): void {
    withLate(({ dress }) => dress(this));
  }

  /** Whether the page still holds the article. */
  get alive(): boolean {
    return this.parts.length > 0 && this.parts.every((each) => each.isConnected);
  }

  /** An address of the article's links, resolved. */
  link(name: "summary" | "audio" | "marks" | "reader" | "qr"): string {
    const link = this.article.links?.[name];
    return link ? new URL(link, this.base).href : "";
  }

  #findColumn(): Element | null {
    const column = common(this.parts);
    if (!column || column === document.body || column === document.documentElement) return null;
    const own = this.article.blocks.reduce((sum, { text }) => sum + text.length, this.article.title.length);
    return (column.textContent ?? "").replace(/\s+/g, " ").length > own * 2.5 + 600 ? null : column;
  }

  /** Lets the page go: rules and highlights are taken away. */
  close(): void {
    this.#stop();
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
      const made = new Reading((await answer.json()) as Article, url, root);
      if (format(preferences())) made.dress();
      return made;
    });
    known.set(url, found);
  }
  return found;
}
