import { decodeUtf8 } from '../../../../core/text/utf8';
import type { SplitText } from '../../../../engine/text/study.api';

/** A part of the text that belongs to the same pieces. */
export interface Region {
  readonly text: string;
  /** The first and last piece that it is in, from 0. */
  readonly first: number;
  readonly last: number;
  /** The piece that begins with it; undefined where none does. */
  readonly begins: number | undefined;
}

/** The text up to a byte, divided where pieces begin and end. */
export function regionsOf(bytes: Uint8Array, { starts, ends }: SplitText, limit: number): readonly Region[] {
  const edges = new Set<number>();
  for (let i = 0; i < starts.length && starts[i]! < limit; i++) {
    edges.add(starts[i]!);
    if (ends[i]! < limit) edges.add(ends[i]!);
  }
  const ordered = [...edges].sort((a, b) => a - b);
  let first = 0;
  let next = 0;
  return ordered.map((start, i) => {
    while (ends[first]! <= start) first++;
    let begins: number | undefined;
    while (next < starts.length && starts[next]! <= start) {
      if (starts[next] === start) begins = next;
      next++;
    }
    const end = ordered[i + 1] ?? limit;
    return { text: decodeUtf8(bytes.subarray(start, end)), first, last: next - 1, begins };
  });
}
