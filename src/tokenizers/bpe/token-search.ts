import type { Vocabulary } from '../vocabulary';

/** Bytes of a key at most. */
const LONGEST_KEY = 4;
/** Bits of the filter. */
const FILTER = 1 << 15;

/** Tells whether any of a few tokens occurs in a text. */
export class TokenSearch {
  readonly #vocabulary: Vocabulary;
  /** Bytes that tokens are found by: as many as the shortest has, up to four. */
  readonly #keyLength: number;
  readonly #mask: number;
  /** One bit for each hash of a key. */
  readonly #filter = new Uint8Array(FILTER >> 3);
  readonly #byKey = new Map<number, number[]>();

  /** @param ids of the tokens, each of one byte or more */
  constructor(vocabulary: Vocabulary, ids: readonly number[]) {
    this.#vocabulary = vocabulary;
    const { offsets, pool } = vocabulary;
    this.#keyLength = ids.reduce(
      (length, id) => Math.min(length, offsets[id + 1]! - offsets[id]!),
      LONGEST_KEY,
    );
    this.#mask = this.#keyLength === LONGEST_KEY ? -1 : (1 << (8 * this.#keyLength)) - 1;
    for (const id of ids) {
      let key = 0;
      for (let i = 0; i < this.#keyLength; i++) key = (key << 8) | pool[offsets[id]! + i]!;
      const slot = slotOf(key);
      this.#filter[slot >> 3]! |= 1 << (slot & 7);
      this.#byKey.set(key, [...(this.#byKey.get(key) ?? []), id]);
    }
  }

  /** Whether one of the tokens starts in `bytes[from, to)` and ends by `end`. */
  occurs(bytes: Uint8Array, from: number, to: number, end: number): boolean {
    const last = Math.min(to + this.#keyLength - 1, end);
    const first = from + this.#keyLength - 1;
    const filter = this.#filter;
    const mask = this.#mask;
    let key = 0;
    for (let at = from; at < last; at++) {
      key = ((key << 8) | bytes[at]!) & mask;
      if (at < first) continue;
      const slot = slotOf(key);
      if ((filter[slot >> 3]! & (1 << (slot & 7))) === 0) continue;
      if (this.#startsAt(bytes, at - this.#keyLength + 1, end, key)) return true;
    }
    return false;
  }

  #startsAt(bytes: Uint8Array, at: number, end: number, key: number): boolean {
    const { offsets, pool } = this.#vocabulary;
    for (const id of this.#byKey.get(key) ?? []) {
      const start = offsets[id]!;
      const length = offsets[id + 1]! - start;
      if (at + length > end) continue;
      let i = this.#keyLength;
      while (i < length && pool[start + i] === bytes[at + i]) i++;
      if (i === length) return true;
    }
    return false;
  }
}

function slotOf(key: number): number {
  return Math.imul(key, 0x9e3779b1) >>> 17;
}
