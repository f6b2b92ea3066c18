const BACKSLASH = 0x5c;

/** Bytes of simple escapes, by the letter behind the backslash. */
const SIMPLE: ReadonlyMap<number, number> = new Map([
  [0x22, 0x22],
  [0x5c, 0x5c],
  [0x2f, 0x2f],
  [0x62, 0x08],
  [0x66, 0x0c],
  [0x6e, 0x0a],
  [0x72, 0x0d],
  [0x74, 0x09],
]);

/** What is wrong with an escape, and where. */
export interface EscapeFault {
  readonly at: number;
  readonly expected: string;
}

/**
 * Writes the UTF-8 of a JSON string's raw bytes `[start, end)` to `out` (at least as long), without its escapes.
 * @returns the length written, or the fault
 */
export function unescapeJson(
  bytes: Uint8Array,
  start: number,
  end: number,
  out: Uint8Array,
): number | EscapeFault {
  let length = 0;
  for (let at = start; at < end; ) {
    const byte = bytes[at]!;
    if (byte !== BACKSLASH) {
      out[length++] = byte;
      at++;
      continue;
    }
    const letter = bytes[at + 1]!;
    const simple = SIMPLE.get(letter);
    if (simple !== undefined) {
      out[length++] = simple;
      at += 2;
      continue;
    }
    if (letter !== 0x75) return { at, expected: 'an escape such as \\n or \\u0041' };
    let point = hexUnit(bytes, at + 2, end);
    if (point < 0) return { at, expected: 'four hexadecimal digits behind \\u' };
    if (point >= 0xdc00 && point < 0xe000)
      return { at, expected: 'the first half of a surrogate pair before the second' };
    at += 6;
    if (point >= 0xd800 && point < 0xdc00) {
      const low = bytes[at] === BACKSLASH && bytes[at + 1] === 0x75 ? hexUnit(bytes, at + 2, end) : -1;
      if (low < 0xdc00 || low > 0xdfff) return { at, expected: 'the second half of a surrogate pair' };
      point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
      at += 6;
    }
    length = writeUtf8(point, out, length);
  }
  return length;
}

/** The UTF-16 unit of four hexadecimal digits; -1 where they are not. */
function hexUnit(bytes: Uint8Array, at: number, end: number): number {
  if (at + 4 > end) return -1;
  let unit = 0;
  for (let i = at; i < at + 4; i++) {
    const byte = bytes[i]!;
    const lower = byte | 0x20;
    if (byte >= 0x30 && byte <= 0x39) unit = unit * 16 + byte - 0x30;
    else if (lower >= 0x61 && lower <= 0x66) unit = unit * 16 + lower - 0x57;
    else return -1;
  }
  return unit;
}

function writeUtf8(point: number, out: Uint8Array, at: number): number {
  if (point < 0x80) {
    out[at] = point;
    return at + 1;
  }
  const more = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
  out[at] = ((0xff00 >> (more + 1)) & 0xff) | (point >> (6 * more));
  for (let i = 1; i <= more; i++) out[at + i] = 0x80 | ((point >> (6 * (more - i))) & 0x3f);
  return at + 1 + more;
}
