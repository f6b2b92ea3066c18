import { powerOfTwo } from '../byte-hash';

/** A merge: its halves and what they become. Its place in the list is its rank. */
export type Merge = readonly [left: number, right: number, merged: number];

/** Ranked merges by pair. Open addressing, four words a slot: left + 1 (0: empty), right, rank, merged. */
export class MergeTable {
  readonly #table: Int32Array;
  readonly #mask: number;

  constructor(merges: readonly Merge[]) {
    const slots = powerOfTwo(merges.length * 2);
    this.#mask = slots - 1;
    this.#table = new Int32Array(slots * 4);
    merges.forEach(([left, right, merged], rank) => {
      this.#insert(left, right, rank, merged);
    });
  }

  /** The slot of a pair; -1 where the two do not merge. */
  find(left: number, right: number): number {
    const table = this.#table;
    for (let slot = pairHash(left, right) & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const known = table[slot * 4]! - 1;
      if (known < 0) return -1;
      if (known === left && table[slot * 4 + 1] === right) return slot * 4;
    }
  }

  rankAt(slot: number): number {
    return this.#table[slot + 2]!;
  }

  mergedAt(slot: number): number {
    return this.#table[slot + 3]!;
  }

  #insert(left: number, right: number, rank: number, merged: number): void {
    const table = this.#table;
    let slot = pairHash(left, right) & this.#mask;
    while (table[slot * 4] !== 0) {
      // A pair that is listed twice keeps its later rank, as in Hugging Face's map.
      if (table[slot * 4] === left + 1 && table[slot * 4 + 1] === right) break;
      slot = (slot + 1) & this.#mask;
    }
    table[slot * 4] = left + 1;
    table[slot * 4 + 1] = right;
    table[slot * 4 + 2] = rank;
    table[slot * 4 + 3] = merged;
  }
}

function pairHash(left: number, right: number): number {
  const hash = Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b);
  return hash ^ (hash >>> 15);
}
