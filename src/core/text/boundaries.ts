import { enlarged } from '../enlarged';
import type { TokenSequence } from './token-sequence';

/** The spans of a token sequence. */
export type TokenBounds = Pick<TokenSequence, 'starts' | 'ends'>;

/**
 * Where a tokenizer divides a text: the bytes at which a token begins or ends, ascending, each once, without the text's
 * own beginning and end, which every tokenizer has. Spans may overlap, leave gaps or be empty. Linear time.
 * @param length bytes of the text
 */
export function boundariesOf({ starts, ends }: TokenBounds, length: number): Uint32Array<ArrayBuffer> {
  const bits = new Uint8Array((length >> 3) + 1);
  for (const places of [starts, ends]) {
    for (let i = 0; i < places.length; i++) {
      const at = places[i]!;
      bits[at >> 3]! |= 1 << (at & 7);
    }
  }
  bits[0]! &= ~1;
  bits[length >> 3]! &= ~(1 << (length & 7));
  let count = 0;
  for (let i = 0; i < bits.length; i++) for (let rest = bits[i]!; rest > 0; rest &= rest - 1) count++;
  const boundaries = new Uint32Array(count);
  let next = 0;
  for (let i = 0; i < bits.length; i++) {
    if (bits[i] === 0) continue;
    for (let bit = 0; bit < 8; bit++) if (bits[i]! & (1 << bit)) boundaries[next++] = 8 * i + bit;
  }
  return boundaries;
}

/**
 * How far two tokenizers agree on where to divide a text: the harmonic mean of precision and recall of one's boundaries
 * against the other's, 0 to 1; the order of the two makes no difference. 1 where neither divides it at all.
 */
export function boundaryF1(a: Uint32Array, b: Uint32Array): number {
  if (a.length + b.length === 0) return 1;
  let common = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const difference = a[i]! - b[j]!;
    if (difference === 0) common++;
    if (difference <= 0) i++;
    if (difference >= 0) j++;
  }
  return (2 * common) / (a.length + b.length);
}

/** Stretches of a text, ascending, from `starts[i]` (inclusive) to `ends[i]` (exclusive). */
export interface Stretches {
  readonly starts: Uint32Array<ArrayBuffer>;
  readonly ends: Uint32Array<ArrayBuffer>;
}

/**
 * The places where two tokenizers part. An aligned chunk is the smallest stretch at both of whose ends both have a
 * boundary; these are the chunks that at least one of them divides further. Everything between them is cut alike.
 * @param length bytes of the text
 */
export function differingChunks(a: Uint32Array, b: Uint32Array, length: number): Stretches {
  let starts = new Uint32Array(64);
  let ends = new Uint32Array(64);
  let count = 0;
  let from = 0;
  let isDivided = false;
  const close = (to: number) => {
    if (isDivided) {
      if (count === starts.length) {
        starts = enlarged(starts);
        ends = enlarged(ends);
      }
      starts[count] = from;
      ends[count++] = to;
    }
    from = to;
    isDivided = false;
  };
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const first = a[i] ?? length;
    const second = b[j] ?? length;
    if (first === second) close(first);
    else isDivided = true;
    if (first <= second) i++;
    if (second <= first) j++;
  }
  close(length);
  return { starts: starts.slice(0, count), ends: ends.slice(0, count) };
}

/** The first index whose value is not below `value`; `values` ascend. */
export function lowerBound(values: Uint32Array, value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
