import type { Spans } from './spans';

/** Units of a text, such as tokens, with what tells two of the same length apart. */
export interface Units extends Spans {
  /** Ids; absent where a unit is nothing but its text. */
  readonly ids?: Uint32Array;
}

/** A stretch of the old text that was changed. */
interface Change {
  readonly start: number;
  readonly end: number;
}

/** 1 for each unit that is in both texts, in the order of the units. */
export interface Survivors {
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/**
 * Which units of a text are still there after it was changed: no change touches them, and the new text has a unit from
 * and to the same places, with the same id. Linear time.
 * @param places new place of each old one
 * @param changes ascending, without overlap
 */
export function survivors(
  before: Units,
  after: Units,
  places: Uint32Array,
  changes: readonly Change[],
): Survivors {
  const kept = new Uint8Array(before.starts.length);
  const found = new Uint8Array(after.starts.length);
  let change = 0;
  let other = 0;
  for (let i = 0; i < kept.length; i++) {
    const start = before.starts[i]!;
    const end = before.ends[i]!;
    while (change < changes.length && changes[change]!.end <= start) change++;
    if (change < changes.length && changes[change]!.start < end) continue;
    const from = places[start]!;
    while (other < after.starts.length && after.starts[other]! < from) other++;
    if (after.starts[other] !== from || after.ends[other] !== places[end]!) continue;
    if (before.ids?.[i] !== after.ids?.[other]) continue;
    kept[i] = 1;
    found[other] = 1;
  }
  return { before: kept, after: found };
}
