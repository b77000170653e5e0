/** Fonts of our own, fetched only when chosen. Both hold all letters of Vietnamese (a test counts them). */

import { files } from "../generated/fonts.ts";

/** What the Vietnamese files are for; the others hold the rest. The later face of a family goes first. */
const VIETNAMESE = "U+102-103,U+110-111,U+128-129,U+168-169,U+1A0-1A1,U+1AF-1B0,U+300-301,U+303-304,U+308-309,U+323,U+329,U+1EA0-1EF9,U+20AB";

/** The arguments of a `FontFace`. */
type Face = [family: string, source: string, how: FontFaceDescriptors];

/** The faces of a font, for this page and, through the loader, for the next. */
export function fontFaces(name: string): Face[] {
  // The page's policy bars them: the family falls back to what the device has, and nothing is reported.
  if (document.querySelector("[data-blocked*=font]")) return [];
  return files.filter(([font]) => font === name).map(([font, weight, vietnamese, file]) => [
    `readable-${font}`, `url(${new URL(file, import.meta.url)})`,
    { weight, display: "swap", ...(vietnamese && { unicodeRange: VIETNAMESE }) },
  ]);
}

/** Declares a font's faces once; the browser fetches the files that the text needs. */
export function loadFont(name: string): void {
  const faces = fontFaces(name);
  if (![...document.fonts].some(({ family }) => family === faces[0]?.[0])) {
    for (const face of faces) {
      const made = new FontFace(...face);
      document.fonts.add(made);
      // Asked for at once; whoever waits for the page to stand waits for `document.fonts.ready`.
      void made.load().catch(() => undefined);
    }
  }
}
