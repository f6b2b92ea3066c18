import { UNICODE_CLASS_RUNS } from './unicode-classes.data';

/** The classes of characters that pre-tokenizers tell apart (Unicode 16.0, as in tiktoken). */
export const OTHER = 0;
/** Lu and Lt. */
export const UPPER = 1;
/** Ll. */
export const LOWER = 2;
/** Lm and Lo. */
export const CASELESS = 3;
/** M. */
export const MARK = 4;
/** N. */
export const NUMBER = 5;
/** White_Space. */
export const SPACE = 6;

const table = unpack();

function unpack(): Uint8Array {
  const runs = atob(UNICODE_CLASS_RUNS);
  const classes = new Uint8Array(0x110000);
  let point = 0;
  for (let i = 0; i < runs.length; i++) {
    const head = runs.charCodeAt(i);
    let length = head & 31;
    if (length === 31) {
      let shift = 0;
      let byte: number;
      do {
        byte = runs.charCodeAt(++i);
        length += (byte & 127) << shift;
        shift += 7;
      } while (byte > 127);
    }
    classes.fill(head >> 5, point, point + length + 1);
    point += length + 1;
  }
  return classes;
}

/** The class of the character that starts at `at` of well-formed UTF-8. */
export function classAt(bytes: Uint8Array, at: number): number {
  const lead = bytes[at]!;
  if (lead < 0x80) return table[lead]!;
  const second = bytes[at + 1]! & 63;
  if (lead < 0xe0) return table[((lead & 31) << 6) | second]!;
  const third = bytes[at + 2]! & 63;
  if (lead < 0xf0) return table[((lead & 15) << 12) | (second << 6) | third]!;
  return table[((lead & 7) << 18) | (second << 12) | (third << 6) | (bytes[at + 3]! & 63)]!;
}

/** Bytes of the character whose first byte is `lead`. */
export function lengthOf(lead: number): number {
  return lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}
