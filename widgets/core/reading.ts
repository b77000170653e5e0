/** An article on this page: its data and its place in the DOM. What lies on it comes from `article/`. */

import type { Located } from "../article/located.ts";
import { withLate } from "../parts.ts";
import type { Article } from "./contract.ts";
import { fetched } from "./fetched.ts";
import { common, find, outside } from "./find.ts";
import { format, onChoice, preferences } from "./preferences.ts";
import type { Tree } from "./sheets.ts";
import type { Language } from "./words.ts";

type Link = "summary" | "audio" | "marks" | "reader" | "qr";

export interface Reading {
  readonly article: Article;
  readonly tree: Tree;
  readonly title: Element | null;
  readonly body: Element | null;
  /** Parts that are scaled: title, body, what stands beside them. None holds another. */
  readonly parts: readonly Element[];
  /** The element around all parts, if it holds little else than the article. */
  readonly column: Element | null;
  /** The rule that hides the portal's own size control. */
  hidden: string;
  /** Takes away what the loader has laid; called when our own rules lie. */
  unpaint?: () => void;
  /** Language of the controls, for what lies over the page. */
  language: Language;
  /** What the bar stands before; the next page of the template finds it again. */
  spot?: Element;
  /** Where its texts stand in the page, once they have been looked for. */
  located?: Located;
  /** What brings its looks in line with the choices, once it has been dressed. */
  layers?: (() => void)[];
  /** What to do when the page lets it go. */
  readonly ends: (() => void)[];
  /** Lays the reader's choices on it. */
  dress(): void;
  /** Whether the page still holds the article. */
  alive(): boolean;
  /** An address of the article's links, resolved; "" where there is none. */
  addressOf(name: Link): string;
  /** Lets the page go: rules and highlights are taken away. */
  close(): void;
}

/** The element around these parts, if it holds little else than the article. */
function columnOf({ blocks, title }: Article, parts: readonly Element[]): Element | null {
  const column = common(parts);
  if (!column || column.contains(document.body)) return null;
  const own = blocks.reduce((sum, { text }) => sum + text.length, title.length);
  return column.textContent!.replace(/\s+/g, " ").length > own * 2.5 + 600 ? null : column;
}

/** Finds an article in a tree; `base` is what its links are relative to. */
export function readingOf(article: Article, base: string, root: Tree): Reading {
  const title = find(root, article.titlePath);
  const body = find(root, article.bodyPath);
  const main = [title, body].filter((each) => each !== null);
  const every = [...main, ...outside([...article.blocks.map(({ path }) => path), ...(article.beside ?? [])], root, main)];
  const parts = every.filter((each) => !every.some((other) => other !== each && other.contains(each)));
  const reading: Reading = {
    article, tree: root, title, body, parts,
    column: columnOf(article, parts),
    hidden: "",
    language: "vi",
    ends: [onChoice(() => reading.dress())],
    dress: () => withLate(({ dress }) => dress(reading)),
    alive: () => parts.every((each) => each.isConnected),
    addressOf(name) {
      const link = article.links?.[name];
      return link ? new URL(link, base).href : "";
    },
    close() {
      for (const end of reading.ends) end();
    },
  };
  return reading;
}

/** Readings by the address of their JSON and their tree, so that several elements share one. */
const shared = new WeakMap<Tree, Record<string, Promise<Reading>>>();

async function fetchReading(url: string, root: Tree): Promise<Reading> {
  const made = readingOf(await fetched<Article>(url), url, root);
  if (format(preferences())) made.dress();
  return made;
}

/** The article of this JSON in this tree; throws what fetching throws. */
export function reading(address: string, root: Tree): Promise<Reading> {
  const url = new URL(address, document.baseURI).href;
  const known = shared.get(root) ?? {};
  shared.set(root, known);
  return (known[url] ??= fetchReading(url, root));
}
