import { lowerBound, type TokenBounds } from '../../../../core/text/boundaries';
import type { TextDiff } from '../../../../engine/text/compare.api';

/** Bytes of the text from `start` (inclusive) to `end` (exclusive). */
export type Stretch = readonly [start: number, end: number];

/** A stretch of a row: a token that both have, or one of the places where they part, as far as it is in the row. */
export interface RowPart {
  readonly start: number;
  readonly end: number;
  /** Which place; -1 where both cut alike. */
  readonly place: number;
  /** Whether it has begun in an earlier row. */
  readonly continues: boolean;
  /** How the one divides it, and the other; the same where both cut alike. */
  readonly over: readonly Stretch[];
  readonly under: readonly Stretch[];
}

/** What a row holds, in the order of the text. */
export function partsOf({ over, under, places, rows, bytes }: TextDiff, row: number): RowPart[] {
  const parts: RowPart[] = [];
  const end = rows[row + 1] ?? bytes;
  let at = rows[row]!;
  for (let place = lowerBound(places.ends, at + 1); at < end; ) {
    const from = places.starts[place] ?? bytes;
    if (at < from) {
      for (const [start, to] of divide(over, at, Math.min(from, end))) {
        const alone: readonly Stretch[] = [[start, to]];
        parts.push({ start, end: to, place: -1, continues: false, over: alone, under: alone });
      }
      at = Math.min(from, end);
      continue;
    }
    const to = Math.min(places.ends[place]!, end);
    parts.push({
      start: at,
      end: to,
      place,
      continues: at > from,
      over: divide(over, at, to),
      under: divide(under, at, to),
    });
    at = to;
    place++;
  }
  return parts;
}

/** A stretch, divided at the boundaries within it. */
export function divide(boundaries: Uint32Array, start: number, end: number): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let at = start;
  for (let i = lowerBound(boundaries, start + 1); at < end; i++) {
    const next = Math.min(boundaries[i] ?? end, end);
    stretches.push([at, next]);
    at = next;
  }
  return stretches;
}

/** The token that a stretch between two boundaries belongs to; -1 where no token covers it. */
export function tokenAt({ starts, ends }: TokenBounds, at: number): number {
  const token = lowerBound(starts, at + 1) - 1;
  return token >= 0 && ends[token]! > at ? token : -1;
}

/** The row in which a byte is. */
export function rowAt(rows: Uint32Array, byte: number): number {
  return Math.max(0, lowerBound(rows, byte + 1) - 1);
}
