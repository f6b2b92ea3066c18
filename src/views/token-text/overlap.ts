import { lowerBound } from '../../core/text/boundaries';
import type { TokenSequence } from '../../core/text/token-sequence';

/** How many tokens share bytes with `[start, end)`; the spans are in order, as byte-level tokenizers give them. */
export function countOverlapping({ starts, ends }: TokenSequence, start: number, end: number): number {
  return Math.max(0, lowerBound(starts, end) - lowerBound(ends, start + 1));
}
