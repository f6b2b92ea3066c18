/** Pairs by how frequent they are, the most frequent first; frequencies change. */
export class PairQueue {
  readonly #frequencies: Float64Array;
  readonly #heap: number[] = [];
  /** Frequency under which each entry was put in, beside it. */
  readonly #keys: number[] = [];
  readonly #isIn: Uint8Array;

  /** @param frequencies by pair, which `change` writes */
  constructor(frequencies: Float64Array) {
    this.#frequencies = frequencies;
    this.#isIn = new Uint8Array(frequencies.length);
  }

  change(pair: number, frequency: number): void {
    const grows = frequency > this.#frequencies[pair]!;
    this.#frequencies[pair] = frequency;
    // A lower one is put in its place once it comes to the top.
    if (grows || !this.#isIn[pair]) this.add(pair);
  }

  /** The most frequent pair; -1 for none. Stays in. */
  first(): number {
    while (this.#heap.length > 0) {
      const pair = this.#heap[0]!;
      if (!this.#isIn[pair]) this.#pop();
      else if (this.#keys[0] === this.#frequencies[pair]) return pair;
      else {
        const was = this.#keys[0]!;
        this.#pop();
        if (was > this.#frequencies[pair]!) this.#push(pair);
      }
    }
    return -1;
  }

  /** Takes out what `first` gave. */
  drop(): void {
    this.#isIn[this.#heap[0]!] = 0;
    this.#pop();
  }

  add(pair: number): void {
    this.#isIn[pair] = 1;
    this.#push(pair);
  }

  #push(pair: number): void {
    const key = this.#frequencies[pair]!;
    let at = this.#heap.push(pair) - 1;
    this.#keys.push(key);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.#keys[parent]! >= key) break;
      this.#move(parent, at);
      at = parent;
    }
    this.#heap[at] = pair;
    this.#keys[at] = key;
  }

  #pop(): void {
    const pair = this.#heap.pop()!;
    const key = this.#keys.pop()!;
    const size = this.#heap.length;
    if (size === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && this.#keys[child + 1]! > this.#keys[child]!) child++;
      if (this.#keys[child]! <= key) break;
      this.#move(child, at);
      at = child;
    }
    this.#heap[at] = pair;
    this.#keys[at] = key;
  }

  #move(from: number, to: number): void {
    this.#heap[to] = this.#heap[from]!;
    this.#keys[to] = this.#keys[from]!;
  }
}
