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

export const defaults: Readonly<Preferences> = {
  size: 100, theme: "page", font: "page", line: 0, letter: 0, word: 0, paragraph: 0, width: 0,
  aid: "none", tint: "none", speed: 1, follow: 1, terms: 1,
};

/** WCAG 2.2, 1.4.12: the spacing that a page must bear, offered as one choice. */
export const spacious = { line: 1.5, letter: 0.12, word: 0.16, paragraph: 2 } as const;

/** Steps of the size, in per cent. 200 is WCAG 1.4.4; 300 serves low vision on a phone. */
export const sizes = [100, 115, 130, 150, 175, 200, 225, 250, 300];
export const speeds = [0.5, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2];

const limits: Partial<Record<keyof Preferences, [number, number]>> = {
  size: [100, 300], line: [0, 3], letter: [0, 0.5], word: [0, 1], paragraph: [0, 4], width: [0, 120],
  speed: [0.5, 2], follow: [0, 1], terms: [0, 1],
};
const choices: Partial<Record<keyof Preferences, readonly string[]>> = {
  theme: ["page", "light", "sepia", "dark", "contrast", "yellow"],
  font: ["page", "be-vietnam-pro", "lexend"],
  aid: ["none", "ruler", "mask"],
  tint: ["none", "sentence", "syllable"],
};

const NAME = "readable";
/** 400 days, the longest that browsers keep a cookie (RFC 6265bis, 5.5). */
const SECONDS = 400 * 24 * 3600;

/** Reads `size=150&theme=dark`; what is unknown or out of range falls back to the default. */
export function parse(text: string): Preferences {
  const found: Record<string, string | number> = { ...defaults };
  const said = new URLSearchParams(text);
  for (const key of Object.keys(defaults) as (keyof Preferences)[]) {
    const value = said.get(key);
    const limit = limits[key];
    if (!value) continue;
    if (limit && +value >= limit[0] && +value <= limit[1]) found[key] = +value;
    else if (choices[key]?.includes(value)) found[key] = value;
  }
  return found as unknown as Preferences;
}

/** Writes what differs from the defaults. */
export function format(preferences: Preferences): string {
  return (Object.keys(defaults) as (keyof Preferences)[])
    .filter((key) => preferences[key] !== defaults[key])
    .map((key) => `${key}=${preferences[key]}`)
    .join("&");
}

/** Local storage, or null where the browser forbids it: even naming it may throw. */
export function storage(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

/** Reads a JSON value that we kept, or the fallback. */
export function recall<T>(key: string, fallback: T): T {
  try {
    return JSON.parse(storage()?.getItem(`${NAME}:${key}`) ?? "") as T;
  } catch {
    return fallback;
  }
}

/** Keeps a JSON value; quietly does nothing where storage is blocked or full. */
export function keep(key: string, value: unknown): void {
  try {
    storage()?.setItem(`${NAME}:${key}`, JSON.stringify(value));
  } catch {
    /* Blocked or full: the choice holds for this page. */
  }
}

function stored(): string {
  let text = "";
  try {
    text = new RegExp(`(?:^|; )${NAME}=([^;]*)`).exec(document.cookie)?.[1] ?? "";
  } catch {
    /* A sandboxed frame has no cookies. */
  }
  return text || recall("preferences", "");
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
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `${NAME}=${text}; Path=/; Max-Age=${text ? SECONDS : 0}; SameSite=Lax${secure}`;
  } catch {
    /* As above. */
  }
  keep("preferences", text);
  for (const listener of listeners) listener(current);
}

/** Calls back after each change; returns how to stop. */
export function onChoice(listener: (now: Preferences) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The step above or below a value, for buttons. */
export function step(steps: readonly number[], value: number, direction: 1 | -1): number {
  const next = direction > 0 ? steps.find((each) => each > value) : steps.findLast((each) => each < value);
  return next ?? value;
}
