/** What all our elements share: a shadow root, adopted sheets, the reader's language, one way to make nodes. */

import base from "./base.css";
import { type Preferences, onChoice, preferences } from "./preferences.ts";
import { sharedSheet } from "./sheets.ts";
import { withWords } from "./words.ts";

/** More than this and the bar would not fit the column of an old page. */
const LARGEST = 2;

type Listener = (event: never) => void;
type Properties = Record<string, string | number | boolean | Listener | undefined>;

/**
 * Makes an element. `on…` adds a listener, other names set the property where there is one, else the
 * attribute. No HTML is ever parsed, so nothing here needs a Trusted Types policy.
 */
export function h<K extends keyof HTMLElementTagNameMap>(
  name: K, properties: Properties = {}, ...children: (Node | string | null | undefined | false)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined) continue;
    if (typeof value === "function") element.addEventListener(key.slice(2), value as EventListener);
    else if (key === "class") element.className = String(value);
    else if (key in element && !key.includes("-")) (element as unknown as Properties)[key] = value;
    else element.setAttribute(key, String(value));
  }
  for (const child of children) if (child) element.append(child);
  return element;
}

/** Effective background behind an element is dark: then our own bars are dark too. */
function onDark(element: Element): boolean {
  let at: Element | null = element;
  // Our own sheets are no background: a part of the bar asks what the bar stands on.
  for (let host; (host = (at.getRootNode() as ShadowRoot).host) instanceof ReadableElement; ) at = host;
  for (; at; at = at.parentElement ?? (at.getRootNode() as ShadowRoot).host) {
    const [red, green, blue, alpha] = (getComputedStyle(at).backgroundColor.match(/[\d.]+/g) ?? []).map(Number);
    if (red !== undefined && alpha !== 0) return 0.2126 * red + 0.7152 * green! + 0.0722 * blue! < 110;
  }
  return false;
}

/** The base of our elements. A subclass fills `view` once and follows the choices in `update`. */
export abstract class ReadableElement extends HTMLElement {
  /** Everything stands in here; `all: initial` keeps the portal's styles out. */
  protected view = h("div", { class: "root" });
  /** 0 new, 1 waiting for its words, 2 started. */
  #state = 0;
  #stop: (() => void) | undefined;
  readonly #early: boolean;

  /** `early` elements have their words with them; the others wait for those of their language. */
  constructor(css = "", early = false) {
    super();
    this.#early = early;
    const shadow = this.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [sharedSheet(base), ...(css ? [sharedSheet(css)] : [])];
    shadow.append(this.view);
  }

  /** Its nodes stand: before that there is nothing to bring up to date. */
  protected get started(): boolean {
    return this.#state > 1;
  }

  /** Called once, when the element is first in a page. */
  protected abstract start(): void;

  /** Called at the start and after each change of the reader's choices. */
  protected update(_now: Readonly<Preferences>): void {}

  connectedCallback(): void {
    if (!this.#state) {
      this.#state = 1;
      const lang = (this.view.lang = language(this));
      const go = () => {
        this.#state = 2;
        this.start();
        if (this.isConnected) this.#follow();
      };
      if (this.#early) go();
      else withWords(lang, go);
    } else if (this.#state > 1) this.#follow();
  }

  #follow(): void {
    const follow = (now: Readonly<Preferences>) => {
      const page = onDark(this) ? "dark" : "light";
      this.view.dataset.theme = now.theme === "page" ? page : now.theme;
      this.update(now);
    };
    this.#stop ??= onChoice(follow);
    follow(preferences());
    // A page that was not made for phones is shown shrunk there; the controls keep a size for fingers.
    const shrunk = document.documentElement.clientWidth / screen.width;
    if (shrunk > 1.2 && !(this.getRootNode() instanceof ShadowRoot)) {
      this.view.style.setProperty("zoom", String(Math.min(shrunk, LARGEST)));
    }
  }

  disconnectedCallback(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  /** Tells the page: bubbles, and leaves shadow roots. */
  protected tell(name: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(`readable-${name}`, { bubbles: true, composed: true, detail }));
  }
}

/** Language of an element's own words: `language`, else the nearest `lang`; Vietnamese unless English. */
export function language(element: Element): "vi" | "en" {
  for (let at: Element | null = element; at; at = at.parentElement ?? (at.getRootNode() as ShadowRoot).host ?? null) {
    const said = at.getAttribute("language") ?? (at as HTMLElement).lang;
    if (said) return said.startsWith("en") ? "en" : "vi";
  }
  return "vi";
}

/** Registers an element; a second copy of the script on the page does no harm. */
export function define(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}
