/** Fonts of our own, fetched only when chosen. Both hold all letters of Vietnamese (a test counts them). */

import { ending, files } from "../generated/fonts.ts";

/** What the Vietnamese files are for; the others hold the rest. The later face of a family goes first. */
const VIETNAMESE = "U+102-1B0,U+300-329,U+1EA0-1EF9,U+20AB";

/** The arguments of a `FontFace`. */
type Face = [family: string, source: string, how: FontFaceDescriptors];

/** The faces of a font, for this page and, through the loader, for the next. */
export function fontFaces(font: string): Face[] {
  // The page's policy bars them: the family falls back to what the device has, and nothing is reported.
  if (document.querySelector("[data-blocked*=font]")) return [];
  return files.filter(([name]) => name.startsWith(font)).map(([name, weight]) => [
    `readable-${font}`, `url(${new URL(name + ending, import.meta.url)})`,
    { weight, display: "swap", ...(name.includes("vietnamese") && { unicodeRange: VIETNAMESE }) },
  ]);
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
