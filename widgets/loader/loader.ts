/**
 * The one script that a portal names. It lays the reader's choices on the page before it is painted,
 * asks whether the page is an article, and only then fetches the bar. Whatever fails, the page stays.
 */

import type { Article } from "../core/contract.ts";

interface Mounted {
  alive(): boolean;
  close(): void;
}
type Mount = (article: Article, base: string, language: string, placed: Element | null, dressed: () => void) => Mounted | null;
interface Paint {
  css: string;
  spot: string;
  height: number;
}

const script = document.currentScript as HTMLScriptElement | null;
const MARK = Symbol.for("readable-portal");
const known = window as unknown as Record<symbol, boolean>;

/** How often a page that says it is an article, but does not hold it yet, is looked at again. */
const LOOKS = 60;

if (script && !known[MARK] && "adoptedStyleSheets" in document) {
  known[MARK] = true;
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

function begin(source: string, language: string, byHash: boolean): void {
  const base = new URL(".", source);
  const sheet = new CSSStyleSheet();
  let visited = "";
  let turn = 0;
  let looks = 0;
  let placed: Element | null = null;
  /** This page is no article: no bar may be placed any more. */
  let refused = false;
  let mounted: Mounted | null = null;
  let waiting: (() => void) | null = null;

  const load = async () => {
    const { href } = new URL(TOOLBAR_FILE, base);
    if (byHash) await fetchFirst(href);
    return import(href) as Promise<{ mount: Mount }>;
  };

  /** The rules and the bar's place that the last page of this template left for us. */
  function paint(): boolean {
    let kept: Paint | undefined;
    try {
      const shape = location.pathname.replace(/[^/]*$/, "").replace(/\d+/g, "#");
      kept = JSON.parse(localStorage.getItem("readable:paint") ?? "{}")[shape];
    } catch {
      /* Storage is blocked. */
    }
    if (!kept) return false;
    sheet.replaceSync(`${kept.css}readable-toolbar:not(:defined){display:block;height:${Number(kept.height)}px}`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    const place = () => {
      const spot = document.querySelector(kept.spot);
      if (refused || !spot || placed) return refused || Boolean(placed);
      placed = document.createElement("readable-toolbar");
      placed.setAttribute("language", language);
      spot.before(placed);
      return true;
    };
    if (!place() && document.readyState === "loading") {
      const watch = new MutationObserver(() => place() && watch.disconnect());
      watch.observe(document, { childList: true, subtree: true });
      addEventListener("DOMContentLoaded", () => watch.disconnect());
    }
    return true;
  }

  function unpaint(): void {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
  }

  async function visit(): Promise<void> {
    const here = location.pathname + location.search;
    if (here === visited && (!mounted || mounted.alive())) return waiting?.();
    visited = here;
    mounted?.close();
    mounted = waiting = null;
    const mine = ++turn;
    refused = false;
    const likely = paint();
    if (likely) void load().catch(() => undefined);
    const query = base.origin === location.origin ? `path=${encodeURIComponent(here)}` : `url=${encodeURIComponent(location.href.split("#")[0]!)}`;
    // `quiet`: a page without an article is told by 204, not by an error in the console.
    const json = new URL(`article?${query}&quiet=1`, base).href;
    try {
      const answer = await fetch(json);
      if (answer.status !== 200) throw answer;
      const article = (await answer.json()) as Article;
      // The page's policy bars our audio: the visitor's own voices read.
      if (script?.dataset.blocked?.includes("media")) delete article.links?.audio;
      const { mount } = await load();
      if (mine !== turn) return;
      looks = 0;
      const bar = placed;
      const place = () => {
        if (mine !== turn || looks++ > LOOKS) return;
        mounted = mount(article, json, language, bar, unpaint);
        waiting = mounted ? null : place;
      };
      if (document.readyState === "loading") addEventListener("DOMContentLoaded", place, { once: true });
      else place();
    } catch {
      // Not an article, or no answer: the page is left as it is.
      refused = true;
      unpaint();
      placed?.remove();
    }
    placed = null;
  }

  // Pages that change without loading: history calls, htmx, Turbo, frameworks.
  let pending = 0;
  const later = () => {
    pending ||= window.setTimeout(() => {
      pending = 0;
      void visit();
    }, 60);
  };
  new MutationObserver(later).observe(document, { childList: true, subtree: true });
  addEventListener("popstate", later);
  void visit();
}
