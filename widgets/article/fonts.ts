/** Fonts of our own, fetched only when chosen. Both hold all letters of Vietnamese (a test counts them). */

import { ending } from "../generated/fonts.ts";

/** What the Vietnamese files are for; the others hold the rest. The later face of a family goes first. */
const VIETNAMESE = "U+102-1B0,U+300-329,U+1EA0-1EF9,U+20AB";

/** Lexend has all weights in one file, which is named by the least. */
const WEIGHTS: Record<string, string[]> = { "be-vietnam-pro": ["400", "700"], lexend: ["100 900"] };

/** The arguments of a `FontFace`. */
type Face = [family: string, source: string, how: FontFaceDescriptors];

/** The faces of a font, for this page and, through the loader, for the next. */
export function fontFaces(font: string): Face[] {
  // The page's policy bars them: the family falls back to what the device has, and nothing is reported.
  if (document.querySelector("[data-blocked*=font]")) return [];
  return (WEIGHTS[font] ?? []).flatMap((weight) => ["latin", "vietnamese"].map((letters): Face => [
    `readable-${font}`, `url(${new URL(`${font}-${letters}-${parseInt(weight)}${ending}`, import.meta.url)})`,
    { weight, display: "swap", ...(letters === "vietnamese" && { unicodeRange: VIETNAMESE }) },
  ]));
}

/** Declares a font's faces, unless the loader has; the browser fetches the files that the text needs. */
export function loadFont(font: string): void {
  if ([...document.fonts].some(({ family }) => family === `readable-${font}`)) return;
  for (const face of fontFaces(font)) {
    const made = new FontFace(...face);
    document.fonts.add(made);
    // Asked for at once; whoever waits for the page to stand waits for `document.fonts.ready`.
    made.load().catch(() => undefined);
  }
}
