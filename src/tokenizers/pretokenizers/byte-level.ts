import { AlignedText, isExact, utf8LengthOf } from '../aligned-text';
import { letterOfByte } from '../byte-letters';

/**
 * Every byte of the text's UTF-8 as a letter (GPT-2). A character that is unchanged from the original keeps
 * exact byte offsets; each byte of a normalized one has the span of the whole original.
 */
export function toByteLetters(source: AlignedText): AlignedText {
  const { length, points } = source;
  let total = 0;
  for (let i = 0; i < length; i++) total += utf8LengthOf(points[i]!);
  const out = new Uint32Array(total);
  const starts = new Uint32Array(total);
  const ends = new Uint32Array(total);
  let at = 0;
  for (let i = 0; i < length; i++) {
    const point = points[i]!;
    const size = utf8LengthOf(point);
    const start = source.starts[i]!;
    const end = source.ends[i]!;
    const exact = isExact(source, i);
    for (let k = 0; k < size; k++) {
      out[at] = letterOfByte[utf8Byte(point, size, k)]!;
      starts[at] = exact ? start + k : start;
      ends[at++] = exact ? start + k + 1 : end;
    }
  }
  return new AlignedText(out, starts, ends, source.base);
}

/** Byte `k` of a point whose UTF-8 has `size` bytes. */
function utf8Byte(point: number, size: number, k: number): number {
  if (size === 1) return point;
  const shift = 6 * (size - 1 - k);
  if (k > 0) return 0x80 | ((point >> shift) & 0x3f);
  return ((0xf00 >> size) & 0xff) | (point >> shift);
}
