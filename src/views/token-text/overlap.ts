import type { TokenSequence } from '../../core/text/token-sequence';

/** How many tokens share bytes with `[start, end)`; the spans are in order, as byte-level tokenizers give them. */
export function countOverlapping({ starts, ends }: TokenSequence, start: number, end: number): number {
  return Math.max(0, lowerBound(starts, end) - lowerBound(ends, start + 1));
}

/** The first index whose value is not below `value`. */
function lowerBound(values: Uint32Array, value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
