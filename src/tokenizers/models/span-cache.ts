const SLOTS = 1 << 15;
const POOL = 1 << 18;
/** At most this many taken slots are skipped; then the word is not cached. */
const MAX_PROBES = 8;

/** Words longer than this many points are not cached. */
export const LONGEST_CACHED = 48;

/**
 * Caches how words were segmented, by their code points, within fixed memory (about 2.5 MB); when it is full
 * it is emptied. A slot holds: hash, place of the points, their number, place of the spans, their number.
 */
export class SpanCache {
  readonly #slots = new Int32Array(SLOTS * 5);
  readonly #points = new Uint32Array(POOL);
  readonly #spans = new Int32Array(POOL);
  #pointsUsed = 0;
  #spansUsed = 0;

  static hash(points: Uint32Array, from: number, to: number): number {
    let hash = 0x811c9dc5 | 0;
    for (let i = from; i < to; i++) hash = Math.imul(hash ^ points[i]!, 0x01000193);
    hash ^= hash >>> 13;
    return hash ^ (hash >>> 17);
  }

  /** The slot of a word; -1 where it is not cached. */
  find(hash: number, points: Uint32Array, from: number, to: number): number {
    const slots = this.#slots;
    const known = this.#points;
    const length = to - from;
    for (let probe = 0; probe < MAX_PROBES; probe++) {
      const slot = ((hash + probe) & (SLOTS - 1)) * 5;
      if (slots[slot + 2] === 0) return -1;
      if (slots[slot] !== hash || slots[slot + 2] !== length) continue;
      const offset = slots[slot + 1]!;
      let i = 0;
      while (i < length && known[offset + i] === points[from + i]) i++;
      if (i === length) return slot;
    }
    return -1;
  }

  /** The spans of a slot that `find` gave. */
  spansOf(slot: number): Int32Array {
    const start = this.#slots[slot + 3]!;
    return this.#spans.subarray(start, start + this.#slots[slot + 4]!);
  }

  add(hash: number, points: Uint32Array, from: number, to: number, spans: Int32Array): void {
    if (this.#pointsUsed + to - from > POOL || this.#spansUsed + spans.length > POOL) {
      this.#slots.fill(0);
      this.#pointsUsed = 0;
      this.#spansUsed = 0;
    }
    for (let probe = 0; probe < MAX_PROBES; probe++) {
      const slot = ((hash + probe) & (SLOTS - 1)) * 5;
      if (this.#slots[slot + 2] !== 0) continue;
      this.#slots.set([hash, this.#pointsUsed, to - from, this.#spansUsed, spans.length], slot);
      this.#points.set(points.subarray(from, to), this.#pointsUsed);
      this.#spans.set(spans, this.#spansUsed);
      this.#pointsUsed += to - from;
      this.#spansUsed += spans.length;
      return;
    }
  }
}
