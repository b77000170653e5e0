/** What is fetched after the bar stands: `late` while the page rests, and the words of the reader's language. */

import type { Language } from "./core/words.ts";

export const late = () => import("./late.ts");

type Late = Awaited<ReturnType<typeof late>>;
let loaded: Late | undefined;

/** Calls back with what is late: at once when it is there, so that a press shows in the same frame. */
export function withLate(then: (late: Late) => void): void {
  if (loaded) then(loaded);
  else void late().then((found) => then((loaded = found)));
}

/** Words of everything that opens later, in one language. */
export const phrases = (language: Language) => (language === "en" ? import("./generated/en.ts") : import("./generated/vi.ts"));
