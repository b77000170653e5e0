/**
 * Finds the article's texts in the page without writing to it. The server's text is NFC with folded
 * white space; the page's may be anything, so both are compared by what is not white space.
 */

import { find } from "../core/find.ts";
import type { Reading } from "../core/reading.ts";
import { slice, squeeze } from "./texts.ts";

/** A letter with its marks, which become one sign in NFC. */
const CLUSTER = /\P{M}\p{M}*/gu;
const SKIPPED = "script,style,noscript,template,textarea";

/** Where a sign stands in the DOM: its text node, and its cluster's start and end in it. */
type Sign = [node: Text, start: number, end: number];

/** A text without white space, and for each of its UTF-16 units where it stands. */
interface Flat {
  text: string;
  signs: Sign[];
  /** Where the search for the next block goes on. */
  next: number;
}

function flatten(root: Element): Flat {
  const signs: Sign[] = [];
  let text = "";
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode as Text;
    if (node.parentElement!.closest(SKIPPED)) continue;
    for (const { 0: cluster, index } of node.data.matchAll(CLUSTER)) {
      const shown = squeeze(cluster);
      text += shown;
      for (let unit = 0; unit < shown.length; unit++) signs.push([node, index, index + cluster.length]);
    }
  }
  return { text, signs, next: 0 };
}

/** The article's place in the page. */
export interface Located {
  /** The element of a block. */
  element(block: number): Element | null;
  /** A range over code points of a block's text, or null where the page does not hold it. */
  range(block: number, start?: number, end?: number): Range | null;
  /** A range over a sentence, or over code points within it; -1 is the title. */
  sentence(index: number, start?: number, end?: number): Range | null;
}

function locate({ article: { blocks, sentences }, tree, title, body }: Reading): Located {
  const flats = new Map<Element, Flat>();
  /** The signs of a block's text under an element, from the first one on. */
  const search = (element: Element | null, text: string): Sign[] | undefined => {
    if (!element) return undefined;
    const flat = flats.get(element) ?? flatten(element);
    flats.set(element, flat);
    let at = flat.text.indexOf(text, flat.next);
    if (at < 0) at = flat.text.indexOf(text);
    if (at < 0) return undefined;
    flat.next = at + text.length;
    return flat.signs.slice(at, flat.next);
  };
  const places = blocks.map(({ path, text }) => {
    const sought = squeeze(text);
    return search(find(tree, path), sought) ?? search(body, sought);
  });

  const element = (block: number) => places[block]?.[0]?.[0].parentElement ?? null;

  const range = (block: number, start = 0, end?: number) => {
    const text = blocks[block]?.text ?? "";
    const units = (codePoints?: number) => squeeze(slice(text, 0, codePoints)).length;
    const from = places[block]?.[units(start)];
    const to = places[block]?.[units(end) - 1];
    if (!from?.[0].isConnected || !to?.[0].isConnected) return null;
    const made = document.createRange();
    made.setStart(from[0], Math.min(from[1], from[0].length));
    made.setEnd(to[0], Math.min(to[2], to[0].length));
    return made;
  };

  const sentence = (index: number, start = 0, end = Infinity) => {
    const found = sentences[index];
    if (found) return range(found.block, found.start + start, Math.min(found.start + end, found.end));
    if (index !== -1 || !title) return null;
    const whole = document.createRange();
    whole.selectNodeContents(title);
    return whole;
  };

  return { element, range, sentence };
}

/** The article's texts in the page, found once. */
export const located = (reading: Reading) => (reading.located ??= locate(reading));
