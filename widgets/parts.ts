/**
 * What is fetched after the bar stands. Three files: `late` while the page rests, `rare` and the words of
 * the reader's language when they are needed.
 */

export const late = () => import("./late.ts");
export const rare = () => import("./rare.ts");

type Late = Awaited<ReturnType<typeof late>>;
let loaded: Late | undefined;

/** Calls back with what is late: at once when it is there, so that a press shows in the same frame. */
export function withLate(then: (late: Late) => void): void {
  if (loaded) then(loaded);
  else void late().then((found) => then((loaded = found)));
}

/** Words of everything that opens later, in one language. */
export const phrases = (language: string) =>
  language === "en" ? import("./generated/en.ts") : import("./generated/vi.ts");
