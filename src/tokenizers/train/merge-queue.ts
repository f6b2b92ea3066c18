import type { PairCounts } from './pair-counts';

/** A pair that may be merged: its slot, its count when it was queued, and its places from `head` on. */
export interface Candidate {
  readonly slot: number;
  count: number;
  head: number;
  tail: number;
}

/** Candidates: the highest count first, then the lower left symbol, then the lower right one. */
export class CandidateQueue {
  readonly #pairs: PairCounts;
  readonly #heap: Candidate[] = [];

  constructor(pairs: PairCounts) {
    this.#pairs = pairs;
  }

  get size(): number {
    return this.#heap.length;
  }

  push(candidate: Candidate): void {
    const heap = this.#heap;
    let at = heap.push(candidate) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#isBefore(candidate, heap[parent]!)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = candidate;
  }

  /** The first one; undefined where there is none. */
  pop(): Candidate | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (heap.length === 0 || !last) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && this.#isBefore(heap[child + 1]!, heap[child]!)) child++;
      if (!this.#isBefore(heap[child]!, last)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
    return first;
  }

  #isBefore(a: Candidate, b: Candidate): boolean {
    if (a.count !== b.count) return a.count > b.count;
    const pairs = this.#pairs;
    const left = pairs.left(a.slot) - pairs.left(b.slot);
    return left !== 0 ? left < 0 : pairs.right(a.slot) < pairs.right(b.slot);
  }
}
