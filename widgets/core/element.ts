/** What all our elements share: a shadow root, adopted sheets, the reader's language, one way to make nodes. */

import base from "./base.css";
import { icon } from "./icons.ts";
import { type Preferences, onChoice, preferences } from "./preferences.ts";
import { type Reading, reading } from "./reading.ts";
import { sharedSheet, type Tree } from "./sheets.ts";
import { type Language, say, type W, withWords } from "./words.ts";

/** More than this and the bar would not fit the column of an old page. */
const LARGEST = 2;
/** A background below this, of 2550, is dark: ten times the luma of its red, green and blue, roughly. */
const DARK = 1100;

type Tag = keyof HTMLElementTagNameMap;
type Made<S> = S extends `${infer K extends Tag}.${string}` ? HTMLElementTagNameMap[K] : S extends Tag ? HTMLElementTagNameMap[S] : S;
export type Part = Node | string | 0 | null | undefined | false | Record<string, unknown>;

/**
 * Makes an element of `name` or `name.classes`, or adds to one. Objects give properties: `on…` a listener,
 * others the property of that name where there is one, else the attribute; everything else is a child.
 * No HTML is ever parsed, so nothing here needs a Trusted Types policy.
 */
export function h<S extends Tag | `${Tag}.${string}` | Element>(what: S, ...parts: Part[]): Made<S> {
  let element = what as unknown as HTMLElement;
  if (typeof what === "string") {
    const [name, classes] = what.split(".");
    element = document.createElement(name!);
    if (classes) element.className = classes;
  }
  for (const part of parts) {
    if (typeof part === "string" || part instanceof Node) element.append(part);
    // Nothing is in what is no object.
    else for (const key in part as Record<string, unknown>) {
      const value = (part as Record<string, unknown>)[key];
      if (typeof value === "function") element.addEventListener(key.slice(2), value as EventListener);
      else if (key in element) (element as unknown as Record<string, unknown>)[key] = value;
      else element.setAttribute(key, String(value));
    }
  }
  return element as Made<S>;
}

/** A button with a shape and words. */
export const button = (shape: string, words: string, onclick: () => void) => h("button", { onclick }, icon(shape), h("span.word", words));

/** A button with a shape alone; the words are its name. */
export const shapeButton = (shape: string, name: string, onclick: () => void) => h("button", { onclick, "aria-label": name }, icon(shape));

/** The key of a shortcut; "" with Ctrl, Alt or Meta, and in fields that need the key for themselves. */
export const shortcut = (event: KeyboardEvent) =>
  event.ctrlKey || event.altKey || event.metaKey || (event.composedPath()[0] as Element).matches("input,select,textarea") ? "" : event.key;

/** The element, its parent, and so on, out of shadow roots too. */
function* upwards(element: Element): Generator<Element> {
  for (let at: Element | undefined = element; at; at = at.parentElement ?? (at.getRootNode() as ShadowRoot).host) yield at;
}

/** Effective background behind an element is dark: then our own bars are dark too. */
function onDark(element: Element): boolean {
  for (const at of upwards(element)) {
    // Our own sheets are no background: a part of the bar asks what the bar stands on.
    if ((at.getRootNode() as ShadowRoot).host instanceof ReadableElement) continue;
    const [red, green, blue, alpha] = getComputedStyle(at).backgroundColor.match(/[\d.]+/g)!.map(Number) as [number, number, number, number?];
    if (alpha !== 0) return 2 * red + 7 * green + blue < DARK;
  }
  return false;
}

/** Language of an element's own words: `language`, else the nearest `lang`; Vietnamese unless English. */
export function language(element: Element): Language {
  for (const at of upwards(element)) {
    const said = at.getAttribute("language") ?? (at as HTMLElement).lang;
    if (said) return said.startsWith("en") ? "en" : "vi";
  }
  return "vi";
}

/** What keeps an element right after its start. */
export interface Hooks {
  /** Called after the start and whenever the element gets an article. */
  present?(reading: Reading): void;
  /** Called when the JSON that the attribute names cannot be had. */
  miss?(): void;
  /** Called after the start and after each change of the reader's choices. */
  adapt?(now: Readonly<Preferences>): void;
  /** Called after the start and whenever it comes back into a page; returns what to stop when it leaves. */
  join?(): (() => void)[];
}

/**
 * The base of our elements. A subclass fills `inner` once in `construct`, and returns what follows articles and
 * choices. Attributes: `language`, and `article`, the address of the article's JSON, unless script sets
 * `reading`.
 */
export class ReadableElement extends HTMLElement {
  /** Its style sheet. */
  declare static css: number;
  /** Whether its words are there from the first; the others wait for those of their language. */
  declare static early?: boolean;

  /** Everything stands in here; `all: initial` keeps the portal's styles out. */
  protected readonly inner = h("div.root");
  /** The language of its words. */
  protected tongue: Language = "vi";
  /** A phrase in its language. */
  protected readonly t = (word: W, n?: string | number, m?: string | number) => say(this.tongue, word, n, m);
  /** It has been in a page, and may still wait for its words. */
  #begun = false;
  /** Its nodes stand: before that there is nothing to bring up to date. */
  #hooks: Hooks | undefined;
  #reading: Reading | undefined;
  #stops: (() => void)[] = [];

  constructor() {
    super();
    const shadow = this.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [base, new.target.css].map(sharedSheet);
    shadow.append(this.inner);
  }

  /** The article that it is for. */
  get reading(): Reading | undefined {
    return this.#reading;
  }

  set reading(value: Reading | undefined) {
    this.#reading = value;
    if (!value || !this.#hooks) return;
    value.language = this.tongue;
    this.#hooks.present?.(value);
  }

  /** Called once, when the element is first in a page and its words are there. */
  protected construct(): Hooks | void {}

  /** Tells the page: bubbles, and leaves shadow roots. */
  protected tell(name: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(`readable-${name}`, { bubbles: true, composed: true, detail }));
  }

  connectedCallback(): void {
    if (this.#begun) return this.#follow();
    this.#begun = true;
    this.inner.lang = this.tongue = language(this);
    if ((this.constructor as typeof ReadableElement).early) this.#begin();
    else withWords(this.tongue, () => this.#begin());
  }

  #begin(): void {
    this.#hooks = this.construct() ?? {};
    const address = this.getAttribute("article");
    if (this.#reading) this.reading = this.#reading;
    else if (address) reading(address, this.getRootNode() as Tree).then((found) => (this.reading = found)).catch(() => this.#hooks!.miss?.());
    if (this.isConnected) this.#follow();
  }

  #follow(): void {
    const hooks = this.#hooks;
    if (!hooks) return;
    const follow = (now: Readonly<Preferences>) => {
      this.inner.dataset.theme = now.theme === "page" ? (onDark(this) ? "dark" : "light") : now.theme;
      hooks.adapt?.(now);
    };
    this.#stops.push(onChoice(follow), ...(hooks.join?.() ?? []));
    follow(preferences());
    // A page that was not made for phones is shown shrunk there; the controls keep a size for fingers.
    const shrunk = innerWidth / screen.width;
    if (shrunk > 1.2 && this.getRootNode() === document) this.inner.style.zoom = String(Math.min(shrunk, LARGEST));
  }

  disconnectedCallback(): void {
    for (const stop of this.#stops.splice(0)) stop();
  }
}

/** Registers an element; a second copy of the script on the page does no harm. */
export function define(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}
