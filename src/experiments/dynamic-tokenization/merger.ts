/** A merge that was carried out everywhere in the batch. */
export interface DynamicMerge {
  /** Symbols, as indices of `names`. */
  readonly left: number;
  readonly right: number;
  readonly merged: number;
  /** Places at which the pair stood, overlapping ones (three equal tokens in a row) counted twice. */
  readonly count: number;
}

/** A pair of neighbours that may be merged. */
interface Pair {
  readonly left: number;
  readonly right: number;
  /** Places of the left token; some may have changed since. */
  places: number[];
  count: number;
  /** Of its entry in the queue; older entries are void. */
  version: number;
}

interface Entry {
  readonly pair: Pair;
  readonly count: number;
  readonly place: number;
  readonly version: number;
}

/** Never joined to the token before it. */
export const NEVER = 0xffff_ffff;

/**
 * Dynamic tokenization of a batch (Feher et al., arXiv 2411.18553): the most frequent pair of neighbouring tokens that
 * may be merged becomes one token everywhere, again and again. Of pairs that are equally frequent it is the one that
 * comes first in the batch. Tokens that spell the same are the same.
 */
export class DynamicMerger {
  /** What each symbol spells; grows with the merges. */
  readonly names: string[];
  /** For each token of the batch the number of the merge (from 1) that joined it to the token before it, or NEVER. */
  readonly joined: Uint32Array<ArrayBuffer>;
  readonly #ids: Int32Array;
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  readonly #allows: (left: number, right: number) => boolean;
  readonly #idOf: Map<string, number>;
  /** Undefined for pairs that may not be merged. */
  readonly #pairs = new Map<number, Pair | undefined>();
  readonly #heap: Entry[] = [];
  readonly #formed = new Set<Pair>();
  #tokens: number;
  #merges = 0;
  #counted = 0;

  /**
   * @param ids symbols of the batch, one text after another
   * @param starts where each text of the batch begins in `ids`: nothing is merged from one to the next
   * @param allows whether two symbols, as indices of `names`, may become one; asked once a pair
   */
  constructor(
    ids: ArrayLike<number>,
    starts: readonly number[],
    names: readonly string[],
    allows: (left: number, right: number, names: readonly string[]) => boolean,
  ) {
    const size = ids.length;
    this.names = [...names];
    this.joined = new Uint32Array(size).fill(NEVER);
    this.#ids = Int32Array.from(ids);
    this.#next = Int32Array.from({ length: size }, (_, at) => (at + 1 < size ? at + 1 : -1));
    this.#previous = Int32Array.from({ length: size }, (_, at) => at - 1);
    this.#allows = (left, right) => allows(left, right, this.names);
    this.#idOf = new Map(names.map((name, id) => [name, id]));
    this.#tokens = size;
    for (const start of starts) {
      if (start >= size) continue;
      this.#previous[start] = -1;
      if (start > 0) this.#next[start - 1] = -1;
    }
  }

  /** Counts the pairs of so many more tokens; true when all are counted. `next` counts what is left at once. */
  prepare(tokens: number): boolean {
    const to = Math.min(this.#ids.length, this.#counted + tokens);
    while (this.#counted < to) this.#form(this.#counted++);
    if (to < this.#ids.length) return false;
    this.#offer();
    return true;
  }

  /** Tokens of the batch now. */
  get tokens(): number {
    return this.#tokens;
  }

  /** Carries the next merge out; undefined where no pair is left that may be merged. */
  next(): DynamicMerge | undefined {
    if (this.#counted < this.#ids.length) this.prepare(this.#ids.length);
    for (let top = this.#pop(); top; top = this.#pop()) {
      const { pair } = top;
      if (top.version !== pair.version || pair.count === 0) continue;
      if (top.count !== pair.count) {
        this.#push(pair, top.place);
        continue;
      }
      const places = pair.places.filter((place) => this.#holds(pair, place)).sort((a, b) => a - b);
      pair.places = places;
      if (places[0]! > top.place) {
        this.#push(pair, places[0]!);
        continue;
      }
      return this.#merge(pair);
    }
    return undefined;
  }

  #merge(pair: Pair): DynamicMerge {
    const { left, right, count } = pair;
    const name = this.names[left]! + this.names[right]!;
    let merged = this.#idOf.get(name);
    if (merged === undefined) {
      merged = this.names.push(name) - 1;
      this.#idOf.set(name, merged);
    }
    this.#merges++;
    for (const at of pair.places) {
      // An earlier place of an overlapping run may have taken one of the two.
      if (!this.#holds(pair, at)) continue;
      const second = this.#next[at]!;
      const before = this.#previous[at]!;
      const after = this.#next[second]!;
      if (before >= 0) this.#lose(this.#ids[before]!, left);
      if (after >= 0) this.#lose(right, this.#ids[after]!);
      this.#ids[at] = merged;
      this.#ids[second] = -1;
      this.#next[at] = after;
      if (after >= 0) this.#previous[after] = at;
      this.joined[second] = this.#merges;
      this.#tokens--;
      if (before >= 0) this.#form(before);
      this.#form(at);
    }
    pair.count = 0;
    pair.places = [];
    this.#offer();
    return { left, right, merged, count };
  }

  /** Counts the pair that begins at a place. */
  #form(at: number): void {
    const second = this.#next[at]!;
    if (second < 0) return;
    const pair = this.#pairOf(this.#ids[at]!, this.#ids[second]!);
    if (!pair) return;
    pair.places.push(at);
    pair.count++;
    this.#formed.add(pair);
  }

  #lose(left: number, right: number): void {
    const pair = this.#pairs.get(keyOf(left, right));
    if (pair) pair.count--;
  }

  #pairOf(left: number, right: number): Pair | undefined {
    const key = keyOf(left, right);
    if (this.#pairs.has(key)) return this.#pairs.get(key);
    const pair = this.#allows(left, right) ? { left, right, places: [], count: 0, version: 0 } : undefined;
    this.#pairs.set(key, pair);
    return pair;
  }

  #holds({ left, right }: Pair, at: number): boolean {
    const second = this.#next[at]!;
    return this.#ids[at] === left && second >= 0 && this.#ids[second] === right;
  }

  /** Puts the pairs that were formed into the queue, with the first of their places. */
  #offer(): void {
    for (const pair of this.#formed) {
      let first = pair.places[0]!;
      for (const place of pair.places) if (place < first) first = place;
      this.#push(pair, first);
    }
    this.#formed.clear();
  }

  #push(pair: Pair, place: number): void {
    if (pair.count === 0) return;
    const entry = { pair, count: pair.count, place, version: ++pair.version };
    const heap = this.#heap;
    let at = heap.push(entry) - 1;
    for (; at > 0; at = (at - 1) >> 1) {
      const parent = heap[(at - 1) >> 1]!;
      if (!isBefore(entry, parent)) break;
      heap[at] = parent;
    }
    heap[at] = entry;
  }

  #pop(): Entry | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (heap.length === 0 || !last) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++;
      if (!isBefore(heap[child]!, last)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
    return first;
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.count !== b.count ? a.count > b.count : a.place < b.place;
}

function keyOf(left: number, right: number): number {
  return left * 0x400_0000 + right;
}
