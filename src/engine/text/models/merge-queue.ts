/** A binary heap of possible merges: lowest rank first, then leftmost place. */
export class MergeQueue {
  /** rank * 2^26 + place: exact in a double for ranks below 2^27. */
  #keys = new Float64Array(256);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get topRank(): number {
    return Math.floor(this.#keys[0]! / 0x4000000);
  }

  get topPlace(): number {
    return this.#keys[0]! % 0x4000000;
  }

  clear(): void {
    this.#size = 0;
  }

  push(rank: number, place: number): void {
    if (this.#size === this.#keys.length) {
      const keys = new Float64Array(this.#size * 2);
      keys.set(this.#keys);
      this.#keys = keys;
    }
    const keys = this.#keys;
    const key = rank * 0x4000000 + place;
    let at = this.#size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (keys[parent]! <= key) break;
      keys[at] = keys[parent]!;
      at = parent;
    }
    keys[at] = key;
  }

  pop(): void {
    const keys = this.#keys;
    const key = keys[--this.#size]!;
    const size = this.#size;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && keys[child + 1]! < keys[child]!) child++;
      if (keys[child]! >= key) break;
      keys[at] = keys[child]!;
      at = child;
    }
    keys[at] = key;
  }
}
