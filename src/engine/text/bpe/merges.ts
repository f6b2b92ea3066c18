import { powerOfTwo } from '../byte-hash';
import type { CompiledVocabulary } from '../vocabulary';

/**
 * The merges of a byte-pair vocabulary whose ids are ranks: token `id` is made of `left[id]` and `right[id]`.
 * A token that no merge makes (a single byte, or unreachable) is its own left and right.
 */
export class RankMerges {
  readonly left: Uint32Array;
  readonly right: Uint32Array;
  /** 1 for single bytes and tokens that a merge makes, 0 for others; undefined where there are no others. */
  readonly made: Uint8Array | undefined;
  /** Open addressing by pair; id + 1, 0 is empty. The pair itself is in `left` and `right`. */
  readonly #table: Int32Array;
  readonly #mask: number;

  constructor({ vocabulary, leftLengths }: CompiledVocabulary) {
    const { size, offsets, pool } = vocabulary;
    this.left = new Uint32Array(size);
    this.right = new Uint32Array(size);
    const slots = powerOfTwo(size * 2);
    this.#mask = slots - 1;
    this.#table = new Int32Array(slots);
    const made = new Uint8Array(size).fill(1);
    let unmade = 0;
    for (let id = 0; id < size; id++) {
      const start = offsets[id]!;
      const cut = start + leftLengths[id]!;
      let left = id;
      let right = id;
      if (cut > start) {
        left = vocabulary.find(pool, start, cut);
        right = vocabulary.find(pool, cut, offsets[id + 1]!);
        let slot = pairHash(left, right) & this.#mask;
        while (this.#table[slot] !== 0) slot = (slot + 1) & this.#mask;
        this.#table[slot] = id + 1;
      } else if (offsets[id + 1]! - start > 1) {
        made[id] = 0;
        unmade++;
      }
      this.left[id] = left;
      this.right[id] = right;
    }
    this.made = unmade > 0 ? made : undefined;
  }

  /** The token that merging `left` and `right` makes; -1 where they do not merge. */
  find(left: number, right: number): number {
    const table = this.#table;
    const mask = this.#mask;
    for (let slot = pairHash(left, right) & mask; ; slot = (slot + 1) & mask) {
      const id = table[slot]! - 1;
      if (id < 0) return -1;
      if (this.left[id] === left && this.right[id] === right) return id;
    }
  }

  /**
   * Whether byte-pair encoding leaves `first` and `second` side by side: no merge across their border would
   * have come before the merges inside them. Undoes the merges at the border, latest first.
   */
  standsApart(first: number, second: number): boolean {
    const { left, right } = this;
    let limit = 0x7fffffff;
    for (;;) {
      const merged = this.find(first, second);
      if (merged >= 0 && merged < limit) return false;
      if (first > second) {
        limit = first;
        first = right[first]!;
        if (first !== limit) continue;
        limit = second + 1;
        second = left[second]!;
        if (second + 1 === limit) return true;
      } else {
        limit = second + 1;
        second = left[second]!;
        if (second + 1 !== limit) continue;
        limit = first;
        first = right[first]!;
        if (first === limit) return true;
      }
    }
  }
}

function pairHash(left: number, right: number): number {
  const hash = Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b);
  return hash ^ (hash >>> 15);
}
