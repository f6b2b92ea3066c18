/** Things of which the one with the highest rank is taken first. */
export class Heap<T> {
  readonly #rank: (one: T) => number;
  readonly #all: T[] = [];

  constructor(rank: (one: T) => number) {
    this.#rank = rank;
  }

  get size(): number {
    return this.#all.length;
  }

  /** In no order. */
  get all(): readonly T[] {
    return this.#all;
  }

  push(one: T): void {
    const all = this.#all;
    const rank = this.#rank(one);
    let at = all.length;
    all.push(one);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.#rank(all[parent]!) >= rank) break;
      all[at] = all[parent]!;
      at = parent;
    }
    all[at] = one;
  }

  /** Undefined where there is none. */
  pop(): T | undefined {
    const all = this.#all;
    const top = all[0];
    const last = all.pop();
    if (last === undefined || all.length === 0) return top;
    const rank = this.#rank(last);
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= all.length) break;
      if (child + 1 < all.length && this.#rank(all[child + 1]!) > this.#rank(all[child]!)) child++;
      if (this.#rank(all[child]!) <= rank) break;
      all[at] = all[child]!;
      at = child;
    }
    all[at] = last;
    return top;
  }
}
