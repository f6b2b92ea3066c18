/** The places where one merge may happen. */
interface Bucket {
  readonly rank: number;
  places: number[];
  /** Places before this one have been taken. */
  head: number;
  /** Whether the rest ascends. */
  sorted: boolean;
}

/**
 * Possible merges: lowest rank first, then leftmost place. A bucket for each rank and a heap of the buckets: merges
 * of one rank are found from left to right, so that in a long word of few different pairs a place costs next to
 * nothing, while a heap of places would need comparisons each time.
 */
export class MergeQueue {
  readonly #buckets = new Map<number, Bucket>();
  readonly #heap: Bucket[] = [];

  get isEmpty(): boolean {
    return this.#heap.length === 0;
  }

  /** Of a queue that is not empty. */
  get topRank(): number {
    return this.#heap[0]!.rank;
  }

  clear(): void {
    this.#buckets.clear();
    this.#heap.length = 0;
  }

  push(rank: number, place: number): void {
    const bucket = this.#buckets.get(rank);
    if (!bucket) {
      const made = { rank, places: [place], head: 0, sorted: true };
      this.#buckets.set(rank, made);
      this.#rise(made);
      return;
    }
    const { places } = bucket;
    if (place < places[places.length - 1]!) bucket.sorted = false;
    places.push(place);
  }

  /** Takes the leftmost place of the lowest rank. */
  pop(): number {
    const bucket = this.#heap[0]!;
    if (!bucket.sorted) {
      bucket.places = bucket.places.slice(bucket.head).sort((a, b) => a - b);
      bucket.head = 0;
      bucket.sorted = true;
    }
    const place = bucket.places[bucket.head++]!;
    if (bucket.head === bucket.places.length) {
      this.#buckets.delete(bucket.rank);
      this.#sink();
    }
    return place;
  }

  #rise(bucket: Bucket): void {
    const heap = this.#heap;
    let at = heap.push(bucket) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (heap[parent]!.rank <= bucket.rank) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = bucket;
  }

  /** Removes the first bucket. */
  #sink(): void {
    const heap = this.#heap;
    const last = heap.pop()!;
    const size = heap.length;
    if (size === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && heap[child + 1]!.rank < heap[child]!.rank) child++;
      if (heap[child]!.rank >= last.rank) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
  }
}
