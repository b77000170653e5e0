/** Puts the bar of a portal's article in its place, and takes it away when the page changes under it. */

import type { Article } from "../core/contract.ts";
import { h } from "../core/element.ts";
import { find } from "../core/find.ts";
import { format, preferences } from "../core/preferences.ts";
import { type Reading, readingOf } from "../core/reading.ts";
import { adopt } from "../core/sheets.ts";
import { late, withLate } from "../parts.ts";
import { ReadableToolbar } from "./toolbar.ts";

/** Less than this and the controls would not stand in one place: in CSS pixels. */
const NARROWEST = 260;
/** Letters of a block that must be in the page before the article counts as there. */
const SAMPLE = 12;

// A reader's choices will be laid as soon as it is known where: what lays them is on its way by then.
if (format(preferences())) void late().catch(() => undefined);

export interface Mounted {
  alive(): boolean;
  close(): void;
}

/** The element that the bar is set before: near the legacy control, else the title, else the body. */
function spot(reading: Reading, control: Element | null): Element {
  const { title, body } = reading;
  let at = control ?? title ?? body ?? reading.parts[0]!;
  // Not within the article's parts, nor among table rows, nor in a float or a cell too narrow for it.
  while (at.parentElement && at.parentElement !== document.body) {
    const holder = at.parentElement;
    const inside = reading.parts.some((part) => part !== at && part.contains(at));
    if (!inside && roomy(holder)) break;
    at = holder;
  }
  return at;
}

/** The page holds the article: a sample of its first blocks is there, white space apart. */
function holds({ article, parts }: Reading): boolean {
  const squeeze = (text: string) => text.normalize("NFC").replace(/\s+/g, "");
  const text = squeeze(parts.map((part) => part.textContent).join(""));
  return article.blocks.slice(0, 3).some((block) => text.includes(squeeze(block.text).slice(0, SAMPLE)));
}

function roomy(holder: Element): boolean {
  const { display, flexDirection } = getComputedStyle(holder);
  const flows = /^(block|flow-root|list-item|table-cell)$/.test(display) || (display.includes("flex") && flexDirection === "column");
  // What a page wider than the window shows of it at first; phones show such a page shrunk, all of it.
  const { left, right } = holder.getBoundingClientRect();
  const shown = Math.min(right + scrollX, innerWidth) - left - scrollX;
  return flows && shown >= NARROWEST && !/^(h\d|a|span|p|ul|ol|tr|table)$/.test(holder.localName);
}

/** Shows the bar for this article, or returns null while the page does not hold it (yet). */
export function mount(
  article: Article, base: string, language: string, placed: Element | null, unpaint: () => void, show: () => void,
): Mounted | null {
  const reading = readingOf(article, base, document);
  if (!reading.parts.length || !holds(reading)) {
    reading.close();
    return null;
  }
  // The portal's own size control: hidden by a rule, so that ours stands in its place and nothing is there twice.
  const control = find(document, article.control ?? "");
  const bar = placed instanceof ReadableToolbar ? placed : h("readable-toolbar");
  h(bar, { language });
  // Where the loader has already put it, it stays if it may stand there: moving it would shift the page.
  let before = bar.nextElementSibling;
  const target = control ?? reading.parts[0]!;
  const fits = before?.contains(target) && !reading.parts.some((part) => part.contains(bar));
  if (!before || !fits) {
    before = spot(reading, control);
    before.before(bar);
  }
  reading.hidden = control ? `${article.control}{display:none!important}` : "";
  adopt(document, "legacy", reading.hidden);
  reading.spot = before;
  bar.reading = reading;
  reading.unpaint = unpaint;
  if (format(preferences())) {
    withLate(({ dress }) => {
      dress(reading);
      void document.fonts.ready.then(show);
    });
  } else {
    unpaint();
    show();
  }
  return {
    alive: () => bar.isConnected && reading.alive(),
    close() {
      adopt(document, "legacy", "");
      reading.close();
      bar.remove();
    },
  };
}
