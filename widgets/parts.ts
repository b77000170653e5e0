/**
 * What is fetched after the bar stands. Three files: `late` while the page rests, `rare` and the words of
 * the reader's language when they are needed.
 */

export const late = () => import("./late.ts");
export const rare = () => import("./rare.ts");

/** Words of everything that opens later, in one language. */
export const phrases = (language: string) =>
  language === "en" ? import("./generated/en.ts") : import("./generated/vi.ts");
