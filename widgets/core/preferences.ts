/**
 * What a reader chose, kept for the whole portal: in a first-party cookie, so that a server may read it
 * too; in local storage where cookies are blocked; else in memory. Only what differs from the defaults
 * is written, as `size=150&theme=dark`.
 */

export interface Preferences {
  /** Text size in per cent, 100 to 300. */
  size: number;
  theme: "page" | "light" | "sepia" | "dark" | "contrast" | "yellow";
  font: "page" | "be-vietnam-pro" | "lexend";
  /** Line height as a factor; 0 leaves the portal's. */
  line: number;
  /** Letter spacing, word spacing and space after paragraphs in em; 0 leaves the portal's. */
  letter: number;
  word: number;
  paragraph: number;
  /** Line width in characters; 0 leaves the portal's. */
  width: number;
  aid: "none" | "ruler" | "mask";
  /** What is tinted in turn, to keep the place: nothing, sentences, or syllables. */
  tint: "none" | "sentence" | "syllable";
  /** Speed of reading aloud, 0.5 to 2. */
  speed: number;
  /** Whether the page follows the voice. */
  follow: 0 | 1;
  /** Whether abbreviations and terms are underlined in the article. */
  terms: 0 | 1;
}

/**
 * All that can be chosen; the first is the default, but for the speed. Controls offer it in this order, and
 * nothing else is taken from what is kept.
 */
export const choices: { readonly [K in keyof Preferences]: readonly Preferences[K][] } = {
  // 200 is WCAG 1.4.4; 300 serves low vision on a phone.
  size: [100, 115, 130, 150, 175, 200, 225, 250, 300],
  theme: ["page", "light", "sepia", "dark", "contrast", "yellow"],
  font: ["page", "be-vietnam-pro", "lexend"],
  // Among these is what WCAG 1.4.12 asks a page to bear.
  line: [0, 1.5, 1.8, 2.2],
  letter: [0, 0.06, 0.12, 0.2],
  word: [0, 0.16, 0.3, 0.5],
  paragraph: [0, 1, 2, 3],
  // 80 is the most that WCAG 1.4.8 allows, 65 reads well.
  width: [0, 80, 65, 45],
  aid: ["none", "ruler", "mask"],
  tint: ["none", "sentence", "syllable"],
  speed: [0.5, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2],
  follow: [1, 0],
  terms: [1, 0],
};
const keys = Object.keys(choices) as (keyof Preferences)[];

export const defaults = { ...Object.fromEntries(keys.map((key) => [key, choices[key][0]])), speed: 1 } as Readonly<Preferences>;

/** Before the names of what we keep in local storage. */
const NAME = "readable:";
/** 400 days, the longest that browsers keep a cookie (RFC 6265bis, 5.5). */
const SECONDS = 400 * 24 * 3600;

/** Reads `size=150&theme=dark`; what is unknown falls back to the default. */
export function parse(text: string): Preferences {
  const said = new URLSearchParams(text);
  const choice = (key: keyof Preferences) => choices[key].find((each) => String(each) === said.get(key)) ?? defaults[key];
  return Object.fromEntries(keys.map((key) => [key, choice(key)])) as unknown as Preferences;
}

/** Writes what differs from the defaults. */
export function format(preferences: Preferences): string {
  return keys.filter((key) => preferences[key] !== defaults[key]).map((key) => `${key}=${preferences[key]}`).join("&");
}

/** Reads a JSON value that we kept, or the fallback; even naming the storage may throw. */
export function recall<T>(key: string, fallback: T): T {
  try {
    return JSON.parse(localStorage[NAME + key] ?? "") as T;
  } catch {
    return fallback;
  }
}

/** Keeps a JSON value; quietly does nothing where storage is blocked or full. */
export function keep(key: string, value: unknown): void {
  try {
    localStorage[NAME + key] = JSON.stringify(value);
  } catch {
    /* The choice holds for this page. */
  }
}

function stored(): string {
  try {
    return /(?:^|; )readable=([^;]+)/.exec(document.cookie)![1]!;
  } catch {
    // No such cookie, or a sandboxed frame, which has none.
    return recall("preferences", "");
  }
}

let current: Preferences | undefined;
const listeners = new Set<(now: Preferences) => void>();

/** The reader's choices now. */
export function preferences(): Readonly<Preferences> {
  return (current ??= parse(stored()));
}

/** Changes some choices, keeps them, and tells everyone who listens. */
export function choose(changes: Partial<Preferences>): void {
  current = { ...preferences(), ...changes };
  const text = format(current);
  try {
    document.cookie = `readable=${text}; Path=/; Max-Age=${text ? SECONDS : 0}; SameSite=Lax${isSecureContext ? "; Secure" : ""}`;
  } catch {
    /* As above. */
  }
  keep("preferences", text);
  for (const listener of listeners) listener(current);
}

/** Calls back after each change; returns how to stop. */
export function onChoice(listener: (now: Preferences) => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** What stands above or below now's choice, for buttons. */
export function step(key: "size" | "speed", direction: 1 | -1): number {
  const steps = choices[key];
  const now = preferences()[key];
  return steps[steps.indexOf(now) + direction] ?? now;
}
