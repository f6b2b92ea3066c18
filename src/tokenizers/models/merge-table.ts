import { pairHash, powerOfTwo } from '../byte-hash';

/**
 * Ranked merges by pair. A list of merges is flat, three numbers each: left, right, and what they become; its
 * place in the list is a merge's rank. Open addressing, four words a slot: left + 1 (0: empty), right, rank, merged.
 */
export class MergeTable {
  readonly #table: Int32Array;
  readonly #mask: number;

  /** @param later leaves the table empty, for `inSteps` */
  constructor(merges: Int32Array, later = false) {
    const count = merges.length / 3;
    const slots = powerOfTwo(count * 2);
    this.#mask = slots - 1;
    this.#table = new Int32Array(slots * 4);
    if (!later) for (let rank = 0; rank < count; rank++) this.#insert(merges, rank);
  }

  /** The same in small steps; yields the share done. */
  static *inSteps(merges: Int32Array): Generator<number, MergeTable> {
    const table = new MergeTable(merges, true);
    const count = merges.length / 3;
    for (let rank = 0; rank < count; rank++) {
      table.#insert(merges, rank);
      if ((rank & 4095) === 4095) yield rank / count;
    }
    return table;
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

  /** Visits every merge, in no order. */
  forEach(visit: (rank: number, merged: number) => void): void {
    const table = this.#table;
    for (let slot = 0; slot < table.length; slot += 4) {
      if (table[slot] !== 0) visit(table[slot + 2]!, table[slot + 3]!);
    }
  }

  /** Whether some merge has one of these tokens as a half. */
  involves(ids: ReadonlySet<number | undefined>): boolean {
    const table = this.#table;
    for (let slot = 0; slot < table.length; slot += 4) {
      if (table[slot] !== 0 && (ids.has(table[slot]! - 1) || ids.has(table[slot + 1]!))) return true;
    }
    return false;
  }

  #insert(merges: Int32Array, rank: number): void {
    const table = this.#table;
    const left = merges[3 * rank]!;
    const right = merges[3 * rank + 1]!;
    let slot = pairHash(left, right) & this.#mask;
    while (table[slot * 4] !== 0) {
      // A pair that is listed twice keeps its later rank, as in Hugging Face's map.
      if (table[slot * 4] === left + 1 && table[slot * 4 + 1] === right) break;
      slot = (slot + 1) & this.#mask;
    }
    table[slot * 4] = left + 1;
    table[slot * 4 + 1] = right;
    table[slot * 4 + 2] = rank;
    table[slot * 4 + 3] = merges[3 * rank + 2]!;
  }
}
