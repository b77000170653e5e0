/**
 * The one script that a portal names. It lays the reader's choices on the page before it is painted,
 * asks whether the page is an article, and only then fetches the bar. Whatever fails, the page stays.
 */

import type { Article } from "../core/contract.ts";

interface Mounted {
  alive(): boolean;
  close(): void;
}
type Mount = (article: Article, base: string, language: string, placed: Element | null, unpaint: () => void, show: () => void) => Mounted | null;
/** What the last page of a template left for the next: its rules, its fonts, the bar's place. */
interface Paint {
  css: string;
  own: string;
  path: string;
  fonts: [family: string, source: string, how: FontFaceDescriptors][];
  spot: string;
  height: number;
}

const script = document.currentScript as HTMLScriptElement | null;
/** Set by the first copy of this script; the others do nothing. */
const here = window as typeof window & { readablePortal?: boolean };

/** How often a page that says it is an article, but does not hold it yet, is looked at again. */
const LOOKS = 60;
/**
 * Milliseconds that the first paint waits at most for what would move the page under the reader's eyes: on
 * the first page of a template the bar, on later ones only a font that the reader chose.
 */
const BLINK = 200;
/** The same for a reader who has chosen how to read: their page would jump, not only move. */
const LONGER = 600;

if (script && !here.readablePortal && "adoptedStyleSheets" in document) {
  here.readablePortal = true;
  begin(script.src, script.dataset.language ?? "vi", "byHash" in script.dataset);
}

/**
 * A policy with 'strict-dynamic' that let this script in by its hash lets it fetch more only by an element
 * that it makes itself. Once that is loaded, an import of the same address asks for nothing.
 */
const fetchFirst = (src: string) =>
  new Promise((onload, onerror) =>
    document.head.append(Object.assign(document.createElement("script"), { type: "module", src, onload, onerror })),
  );

/** What we keep in this browser, if it lets us. */
function recall(key: string) {
  try {
    return JSON.parse(localStorage[`readable:${key}`] ?? "null");
  } catch {
    return null;
  }
}

function begin(source: string, language: string, byHash: boolean): void {
  const base = new URL(".", source);
  /** The server is the portal's own, not an embed server. */
  const ours = base.origin === location.origin;
  const sheet = new CSSStyleSheet();
  const curtain = new CSSStyleSheet();
  curtain.replaceSync("html{visibility:hidden!important}");
  let visited = "";
  let turn = 0;
  let looks = 0;
  let placed: Element | null = null;
  /** This page is no article: no bar may be placed any more. */
  let refused = false;
  let mounted: Mounted | null = null;
  let waiting: (() => void) | null = null;

  /** The bar's file imports the style sheets; asked for together, they come together. */
  const load = async () => {
    const [core] = await Promise.all([CORE_FILE, STYLES_FILE].map(async (file) => {
      const { href } = new URL(file, base);
      if (byHash) await fetchFirst(href);
      return (await import(href)) as Record<string, Mount>;
    }));
    return core![MOUNT]!;
  };

  /** Calls back when the page's text is all there. */
  const parsed = (then: () => void) => {
    if (document.readyState === "loading") addEventListener("DOMContentLoaded", then, { once: true });
    else then();
  };

  const lay = (each: CSSStyleSheet) => document.adoptedStyleSheets.push(each);
  const lift = (each: CSSStyleSheet) => (document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== each));
  const show = () => lift(curtain);
  const unpaint = () => lift(sheet);

  /** Keeps a page that has not been painted from it, for the blink of an eye; never for another machine. */
  function hold(): void {
    if (!ours || performance.getEntriesByType("paint").length || document.hidden) return;
    lay(curtain);
    setTimeout(show, recall("preferences") ? LONGER : BLINK);
  }

  /** Lays what the last page of this template left for us: rules, fonts, the bar's place. */
  function paint(kept: Paint): void {
    const own = kept.path === visited ? kept.own : "";
    sheet.replaceSync(`${kept.css}${own}readable-toolbar:not(:defined){display:block;height:${kept.height}px}`);
    lay(sheet);
    const fonts = kept.fonts.map((each) => new FontFace(...each));
    if (fonts.length) {
      hold();
      for (const each of fonts) document.fonts.add(each);
      void Promise.allSettled(fonts.map((each) => each.load())).then(show);
    }
    const place = () => {
      const spot = document.querySelector(kept.spot);
      if (spot && !refused && !placed) {
        placed = document.createElement("readable-toolbar");
        placed.setAttribute("language", language);
        spot.before(placed);
      }
      return refused || placed;
    };
    if (place()) return;
    const watch = new MutationObserver(() => place() && watch.disconnect());
    watch.observe(document, { childList: true, subtree: true });
    parsed(() => watch.disconnect());
  }

  async function visit(): Promise<void> {
    const here = location.pathname + location.search;
    if (here === visited && (!mounted || mounted.alive())) return waiting?.();
    visited = here;
    mounted?.close();
    mounted = waiting = null;
    const mine = ++turn;
    refused = false;
    const all: Record<string, Paint | 0> = recall("paint") ?? {};
    // Pages of one template mostly share their path but for its last part and the digits.
    const shape = location.pathname.replace(/[^/]*$/, "").replace(/\d+/g, "#");
    const kept = all[shape];
    if (kept) paint(kept);
    else if (kept !== 0) hold();
    if (kept !== 0) void load().catch(() => undefined);
    const query = ours ? `path=${encodeURIComponent(here)}` : `url=${encodeURIComponent(location.origin + here)}`;
    // `quiet`: a page without an article is told by 204, not by an error in the console.
    const json = new URL(`article?${query}&quiet=1`, base).href;
    try {
      const answer = await fetch(json);
      if (answer.status !== 200) {
        // The next page like this one is not kept waiting.
        if (!kept) localStorage["readable:paint"] = JSON.stringify({ ...all, [shape]: 0 });
        throw answer;
      }
      const article = (await answer.json()) as Article;
      // The page's policy bars our audio: the visitor's own voices read.
      if (script?.dataset.blocked?.includes("media")) delete article.links?.audio;
      const mount = await load();
      if (mine !== turn) return;
      looks = 0;
      const bar = placed;
      const place = () => {
        if (mine !== turn || looks++ > LOOKS) return;
        mounted = mount(article, json, language, bar, unpaint, show);
        waiting = mounted ? null : place;
      };
      parsed(place);
    } catch {
      // Not an article, or no answer: the page is left as it is.
      refused = true;
      unpaint();
      show();
      placed?.remove();
    }
    placed = null;
  }

  // Pages that change without loading: history calls, htmx, Turbo, frameworks.
  let pending = 0;
  const later = () => {
    pending ||= setTimeout(() => {
      pending = 0;
      void visit();
    }, 60);
  };
  new MutationObserver(later).observe(document, { childList: true, subtree: true });
  addEventListener("popstate", later);
  void visit();
}
