/**
 * Finds the article's texts in the page without writing to it. The server's text is NFC with folded
 * white space; the page's may be anything, so both are compared by what is not white space.
 */

import type { Article } from "../core/contract.ts";
import { find } from "../core/find.ts";
import type { Reading } from "../core/reading.ts";

/** White space, and signs that no one sees: soft hyphen, zero-width space and joiners, byte order mark. */
const INVISIBLE = /[\s\u00ad\u200b-\u200d\u2060\ufeff]/u;
const CLUSTER = /\P{M}\p{M}*/gu;
const SKIPPED = "script,style,noscript,template,textarea";

/** A text without white space, as NFC code points, and where each stands in the DOM. */
interface Flat {
  text: string;
  /** For each UTF-16 unit of `text`: the text node and its cluster's start and end in it. */
  nodes: Text[];
  starts: number[];
  ends: number[];
}

function flatten(root: Element): Flat {
  const flat: Flat = { text: "", nodes: [], starts: [], ends: [] };
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const parts: string[] = [];
  for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
    if (node.parentElement?.closest(SKIPPED)) continue;
    for (const match of node.data.matchAll(CLUSTER)) {
      if (INVISIBLE.test(match[0])) continue;
      const shown = match[0].normalize("NFC");
      parts.push(shown);
      for (let unit = 0; unit < shown.length; unit++) {
        flat.nodes.push(node);
        flat.starts.push(match.index);
        flat.ends.push(match.index + match[0].length);
      }
    }
  }
  flat.text = parts.join("");
  return flat;
}

/** Removes what is not seen, and NFC-normalises. */
export function squeeze(text: string): string {
  return text.normalize("NFC").replace(new RegExp(INVISIBLE, "gu"), "");
}

/** How many UTF-16 units of the squeezed text stand before the given code point of the text. */
export function squeezedOffset(text: string, codePoint: number): number {
  let units = 0;
  let seen = 0;
  for (const character of text) {
    if (seen++ >= codePoint) break;
    if (!INVISIBLE.test(character)) units += character.length;
  }
  return units;
}

/** Where a block stands: its flat text and the offset in it. */
interface Place {
  flat: Flat;
  offset: number;
}

/** The article's place in the page. */
export class Located {
  readonly article: Article;
  readonly #places: (Place | undefined)[];

  constructor(readonly reading: Reading) {
    this.article = reading.article;
    this.#places = this.#placeBlocks();
  }

  #placeBlocks(): (Place | undefined)[] {
    const flats = new Map<Element, Flat>();
    const cursors = new Map<Element, number>();
    const search = (element: Element, text: string): Place | undefined => {
      let flat = flats.get(element);
      if (!flat) flats.set(element, (flat = flatten(element)));
      let offset = flat.text.indexOf(text, cursors.get(element) ?? 0);
      if (offset < 0) offset = flat.text.indexOf(text);
      if (offset < 0) return undefined;
      cursors.set(element, offset + text.length);
      return { flat, offset };
    };
    return this.article.blocks.map((block) => {
      const text = squeeze(block.text);
      const element = find(this.reading.root, block.path);
      return (element && search(element, text)) || (this.reading.body ? search(this.reading.body, text) : undefined);
    });
  }

  /** The element of a block. */
  element(block: number): Element | null {
    const place = this.#places[block];
    return place?.flat.nodes[place.offset]?.parentElement ?? null;
  }

  /** A range over code points of a block's text, or null where the page does not hold it. */
  range(block: number, start: number, end: number): Range | null {
    const place = this.#places[block];
    const text = this.article.blocks[block]?.text;
    if (!place || text === undefined) return null;
    const first = place.offset + squeezedOffset(text, start);
    const last = place.offset + squeezedOffset(text, end) - 1;
    const from = place.flat.nodes[first];
    const to = place.flat.nodes[last];
    if (!from?.isConnected || !to?.isConnected || last < first) return null;
    const range = document.createRange();
    range.setStart(from, Math.min(place.flat.starts[first]!, from.length));
    range.setEnd(to, Math.min(place.flat.ends[last]!, to.length));
    return range;
  }

  /** A range over a sentence, or over code points within it. */
  sentence(index: number, start = 0, end?: number): Range | null {
    const sentence = this.article.sentences[index];
    if (!sentence) return null;
    const stop = end === undefined ? sentence.end : Math.min(sentence.start + end, sentence.end);
    return this.range(sentence.block, sentence.start + start, stop);
  }

}

const places = new WeakMap<Reading, Located>();

/** The article's texts in the page, found once. */
export function located(reading: Reading): Located {
  let found = places.get(reading);
  if (!found) places.set(reading, (found = new Located(reading)));
  return found;
}
