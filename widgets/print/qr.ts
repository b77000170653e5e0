/**
 * A small QR code encoder (ISO/IEC 18004): bytes, error correction M, versions 1 to 15 (up to 412 bytes).
 * One mask is used for all codes: any mask makes a valid code, choosing among them only evens it out.
 */

/** Per version: codewords of error correction per block, then (blocks, data codewords) groups. */
const LEVEL_M: readonly (readonly number[])[] = [
  [10, 1, 16], [16, 1, 28], [26, 1, 44], [18, 2, 32], [24, 2, 43], [16, 4, 27], [18, 4, 31], [22, 2, 38, 2, 39],
  [22, 3, 36, 2, 37], [26, 4, 43, 1, 44], [30, 1, 50, 4, 51], [22, 6, 36, 2, 37], [22, 8, 37, 1, 38],
  [24, 4, 40, 5, 41], [24, 5, 41, 5, 42],
];
/** Centres of the alignment patterns. */
const ALIGN: readonly (readonly number[])[] = [
  [], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50],
  [6, 30, 54], [6, 32, 58], [6, 34, 62], [6, 26, 46, 66], [6, 26, 48, 70],
];

const exponents = new Uint8Array(512);
const logarithms = new Uint8Array(256);
for (let power = 0, value = 1; power < 255; power++) {
  exponents[power] = exponents[power + 255] = value;
  logarithms[value] = power;
  value = (value << 1) ^ (value & 128 ? 0x11d : 0);
}
const multiply = (one: number, other: number) => (one && other ? exponents[logarithms[one]! + logarithms[other]!]! : 0);

/** Reed-Solomon remainder of the data. */
function correction(data: readonly number[], length: number): number[] {
  let generator = [1];
  for (let root = 0; root < length; root++) {
    const next = new Array<number>(generator.length + 1).fill(0);
    generator.forEach((value, at) => {
      next[at] = next[at]! ^ value;
      next[at + 1] = next[at + 1]! ^ multiply(value, exponents[root]!);
    });
    generator = next;
  }
  const rest = new Array<number>(length).fill(0);
  for (const byte of data) {
    const factor = byte ^ rest.shift()!;
    rest.push(0);
    for (let at = 0; at < length; at++) rest[at] = rest[at]! ^ multiply(generator[at + 1]!, factor);
  }
  return rest;
}

function blocksOf(version: number): number[] {
  const [, ...groups] = LEVEL_M[version - 1]!;
  return groups.flatMap((count, at) => (at % 2 ? [] : new Array<number>(count).fill(groups[at + 1]!)));
}

function codewords(bytes: Uint8Array, version: number): number[] {
  const bits: number[] = [];
  const put = (value: number, length: number) => {
    for (let bit = length - 1; bit >= 0; bit--) bits.push((value >> bit) & 1);
  };
  put(4, 4);
  put(bytes.length, version < 10 ? 8 : 16);
  for (const byte of bytes) put(byte, 8);
  const blocks = blocksOf(version);
  const capacity = blocks.reduce((sum, size) => sum + size, 0);
  put(0, Math.min(4, capacity * 8 - bits.length));
  while (bits.length % 8) bits.push(0);
  const data: number[] = [];
  for (let at = 0; at < bits.length; at += 8) data.push(parseInt(bits.slice(at, at + 8).join(""), 2));
  for (let pad = 0xec; data.length < capacity; pad ^= 0xec ^ 0x11) data.push(pad);
  let from = 0;
  const parts = blocks.map((size) => data.slice(from, (from += size)));
  const checks = parts.map((part) => correction(part, LEVEL_M[version - 1]![0]!));
  const longest = Math.max(...blocks);
  const mixed: number[] = [];
  for (let at = 0; at < longest; at++) for (const part of parts) if (at < part.length) mixed.push(part[at]!);
  for (let at = 0; at < LEVEL_M[version - 1]![0]!; at++) for (const check of checks) mixed.push(check[at]!);
  return mixed;
}

/** BCH remainder, for the format and version fields. */
function remainder(value: number, generator: number, bits: number): number {
  let rest = value << bits;
  for (let bit = 31 - Math.clz32(rest); bit >= bits; bit = 31 - Math.clz32(rest)) rest ^= generator << (bit - bits);
  return (value << bits) | rest;
}

/**
 * The dark modules of the code for a text, as rows of booleans without a quiet zone.
 *
 * Throws a RangeError for a text above 412 bytes.
 */
export function qr(text: string): boolean[][] {
  const bytes = new TextEncoder().encode(text);
  let version = 1;
  const room = () => blocksOf(version).reduce((sum, size) => sum + size, 0) - (version < 10 ? 2 : 3);
  while (version <= LEVEL_M.length && room() < bytes.length) if (++version > LEVEL_M.length) throw new RangeError("text too long for a QR code");
  const size = version * 4 + 17;
  const cells = Array.from({ length: size }, () => new Array<boolean | undefined>(size).fill(undefined));
  const set = (row: number, column: number, dark: boolean) => {
    if (row >= 0 && column >= 0 && row < size && column < size) cells[row]![column] = dark;
  };
  for (const [row, column] of [[3, 3], [3, size - 4], [size - 4, 3]] as const) {
    for (let dy = -4; dy <= 4; dy++) for (let dx = -4; dx <= 4; dx++) {
      const ring = Math.max(Math.abs(dx), Math.abs(dy));
      set(row + dy, column + dx, ring !== 2 && ring !== 4);
    }
  }
  const centres = ALIGN[version - 1]!;
  for (const row of centres) for (const column of centres) {
    if (cells[row]![column] !== undefined) continue;
    for (let dy = -2; dy <= 2; dy++) for (let dx = -2; dx <= 2; dx++) set(row + dy, column + dx, Math.max(Math.abs(dx), Math.abs(dy)) !== 1);
  }
  for (let at = 8; at < size - 8; at++) {
    cells[6]![at] ??= at % 2 === 0;
    cells[at]![6] ??= at % 2 === 0;
  }
  // Level M is 00, mask 0 is 000: five zero bits, and the fixed pattern over them.
  const format = remainder(0, 0x537, 10) ^ 0x5412;
  for (let bit = 0; bit < 15; bit++) {
    const dark = Boolean((format >> bit) & 1);
    set(bit < 6 ? bit : bit < 8 ? bit + 1 : size - 15 + bit, 8, dark);
    set(8, bit < 8 ? size - 1 - bit : bit === 8 ? 7 : 14 - bit, dark);
  }
  set(size - 8, 8, true);
  if (version > 6) {
    const field = remainder(version, 0x1f25, 12);
    for (let bit = 0; bit < 18; bit++) {
      const dark = Boolean((field >> bit) & 1);
      set(Math.floor(bit / 3), size - 11 + (bit % 3), dark);
      set(size - 11 + (bit % 3), Math.floor(bit / 3), dark);
    }
  }
  fill(cells, codewords(bytes, version));
  return cells as boolean[][];
}

/** Lays the codewords in the zigzag of column pairs, under mask 0. */
function fill(cells: (boolean | undefined)[][], data: readonly number[]): void {
  const size = cells.length;
  let bit = 0;
  for (let right = size - 1, up = true; right > 0; right -= 2, up = !up) {
    if (right === 6) right--;
    for (let step = 0; step < size; step++) {
      const row = up ? size - 1 - step : step;
      for (const column of [right, right - 1]) {
        if (cells[row]![column] !== undefined) continue;
        const dark = ((data[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1;
        bit++;
        cells[row]![column] = Boolean(dark) !== ((row + column) % 2 === 0);
      }
    }
  }
}
