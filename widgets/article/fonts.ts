/** Fonts of our own, fetched only when chosen. Both hold all letters of Vietnamese (a test counts them). */

import { files } from "../generated/fonts.ts";

const LATIN = "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD";
const VIETNAMESE = "U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,U+0300-0301,U+0303-0304,U+0308-0309,U+0323,U+0329,U+1EA0-1EF9,U+20AB";

const faces: Record<string, [family: string, file: string, weight: string, range: string][]> = {
  "be-vietnam-pro": ["400", "700"].flatMap((weight) => [
    ["Readable Be Vietnam Pro", `be-vietnam-pro-latin-${weight}`, weight, LATIN],
    ["Readable Be Vietnam Pro", `be-vietnam-pro-vietnamese-${weight}`, weight, VIETNAMESE],
  ]),
  lexend: [
    ["Readable Lexend", "lexend-latin", "100 900", LATIN],
    ["Readable Lexend", "lexend-vietnamese", "100 900", VIETNAMESE],
  ],
};
const loaded = new Set<string>();

/** Declares a font's faces once; the browser fetches the files that the text needs. */
export function loadFont(name: string): void {
  if (loaded.has(name)) return;
  loaded.add(name);
  // The page's policy bars them: the family falls back to what the device has, and nothing is reported.
  if (document.querySelector("[data-blocked*=font]")) return;
  for (const [family, file, weight, unicodeRange] of faces[name] ?? []) {
    const url = new URL(files[file]!, import.meta.url);
    document.fonts.add(new FontFace(family, `url(${url})`, { weight, unicodeRange, display: "swap" }));
  }
}
