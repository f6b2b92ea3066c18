import { enlarged } from '../../core/enlarged';
import { finishHash, pairHash, powerOfTwo } from '../byte-hash';

/** How often each pair of neighbouring symbols occurs. Every pair has a slot, a small number that stays. */
export class PairCounts {
  #left = new Int32Array(1 << 12);
  #right = new Int32Array(1 << 12);
  #counts = new Float64Array(1 << 12);
  /** Slot + 1 by hash, open addressing; at most half full. */
  #table = new Int32Array(1 << 13);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  left(slot: number): number {
    return this.#left[slot]!;
  }

  right(slot: number): number {
    return this.#right[slot]!;
  }

  count(slot: number): number {
    return this.#counts[slot]!;
  }

  /** Adds to the count of a pair, which may be new. @returns its slot */
  add(left: number, right: number, change: number): number {
    const slot = this.#slotOf(left, right);
    this.#counts[slot]! += change;
    return slot;
  }

  #slotOf(left: number, right: number): number {
    const mask = this.#table.length - 1;
    let at = finishHash(pairHash(left, right)) & mask;
    for (; this.#table[at] !== 0; at = (at + 1) & mask) {
      const slot = this.#table[at]! - 1;
      if (this.#left[slot] === left && this.#right[slot] === right) return slot;
    }
    const slot = this.#size++;
    if (slot === this.#left.length) this.#grow();
    this.#left[slot] = left;
    this.#right[slot] = right;
    this.#table[at] = slot + 1;
    if (this.#size * 2 > this.#table.length) this.#rehash();
    return slot;
  }

  #grow(): void {
    this.#left = enlarged(this.#left);
    this.#right = enlarged(this.#right);
    this.#counts = enlarged(this.#counts);
  }

  #rehash(): void {
    const table = new Int32Array(powerOfTwo(this.#size * 4));
    const mask = table.length - 1;
    for (let slot = 0; slot < this.#size; slot++) {
      let at = finishHash(pairHash(this.#left[slot]!, this.#right[slot]!)) & mask;
      while (table[at] !== 0) at = (at + 1) & mask;
      table[at] = slot + 1;
    }
    this.#table = table;
  }
}
