import assert from "node:assert/strict";
import { test } from "node:test";
import jsQR from "jsqr";
import { qr } from "./qr.ts";

/** Draws the code four pixels a module with its quiet zone, and lets another program read it. */
function read(cells: boolean[][]): string | undefined {
  const [scale, quiet] = [4, 4];
  const side = (cells.length + 2 * quiet) * scale;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  cells.forEach((row, y) => row.forEach((dark, x) => {
    if (!dark) return;
    for (let dy = 0; dy < scale; dy++) for (let dx = 0; dx < scale; dx++) {
      const at = (((y + quiet) * scale + dy) * side + (x + quiet) * scale + dx) * 4;
      pixels[at] = pixels[at + 1] = pixels[at + 2] = 0;
    }
  }));
  return jsQR(pixels, side, side)?.data;
}

test("every version from 1 to 15 is read back by another program", () => {
  const versions = new Set<number>();
  for (let length = 1; length <= 412; length += 3) {
    const text = `https://x.vn/_readable/speech?path=%2Ftin%2F${"0123456789abcdef".repeat(30)}`.slice(0, length);
    const cells = qr(text);
    versions.add((cells.length - 17) / 4);
    assert.equal(read(cells), text, `${length} bytes`);
  }
  assert.equal(versions.size, 15);
});

test("a text too long is refused", () => {
  assert.throws(() => qr("x".repeat(413)), RangeError);
});
