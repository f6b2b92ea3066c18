import type { CutOrder, VocabularyExtent } from '../../core/text/vocabulary-cut';

/** Above every rank. */
export const NO_LIMIT = 0x7fffffff;

/**
 * In which order the entries of a vocabulary come in. Each has a rank; a *limit* keeps those with lower ranks. Entries
 * with equal ranks come and go together.
 */
export class Growth implements VocabularyExtent {
  readonly by: CutOrder;
  readonly smallest: number;
  readonly largest: number;
  /** Ranks of the entries that can be cut, ascending. */
  readonly #ranks: ArrayLike<number>;

  /** @param entries all of the vocabulary's; @param ranks of those that can be cut, ascending */
  constructor(by: CutOrder, entries: number, ranks: ArrayLike<number>) {
    this.by = by;
    this.largest = entries;
    this.smallest = entries - ranks.length;
    this.#ranks = ranks;
  }

  /** The limit that leaves as many entries as `size` allows. */
  limitAt(size: number): number {
    const count = size - this.smallest;
    if (count >= this.#ranks.length) return NO_LIMIT;
    return count <= 0 ? 0 : this.#ranks[Math.floor(count)]!;
  }

  /** How many entries a limit leaves. */
  sizeAt(limit: number): number {
    return this.smallest + countBelow(this.#ranks, limit);
  }

  /** The smallest size that lets something of a rank happen. */
  sizeWith(rank: number): number {
    return this.smallest + Math.max(1, countBelow(this.#ranks, rank + 1));
  }
}

/** How many of the ascending numbers are below `limit`. */
export function countBelow(numbers: ArrayLike<number>, limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
