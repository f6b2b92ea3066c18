import { HASH_SEED, powerOfTwo } from '../byte-hash';
import type { Vocabulary } from '../vocabulary';
import type { RankMerges } from './merges';

const PREFIX = 4;
/** Bit 31 of a mask stands for every length from here on. */
const OPEN_LENGTH = PREFIX + 31;

/**
 * Finds the longest token at a place in linear time without a trie. For every first four bytes it knows which
 * token lengths occur, so it hashes forwards once and probes only those lengths, longest first.
 * A trie of o200k has half a million nodes; this has one slot for each distinct four-byte beginning.
 */
export class LongestMatch {
  readonly #vocabulary: Vocabulary;
  /** Three words a slot: the four bytes, lengths as a bit mask, longest length (0: empty slot). */
  readonly #table: Int32Array;
  readonly #mask: number;
  readonly #hashes: Int32Array;
  /** Longest proper prefix that is a token, by id; -1 none, -2 not known yet. */
  readonly #shorter: Int32Array;

  /** 1 for tokens that merges make; undefined where they make all. */
  readonly #made: Uint8Array | undefined;

  /** Tokens that no merge makes are never found: byte-pair encoding cannot produce them. */
  constructor(vocabulary: Vocabulary, merges: RankMerges) {
    this.#vocabulary = vocabulary;
    this.#made = merges.made;
    const { pool, offsets, size } = vocabulary;
    // At most one slot per token (in practice a third of that), and always an empty one to stop at.
    const slots = powerOfTwo(size + (size >> 2));
    this.#mask = slots - 1;
    this.#table = new Int32Array(slots * 3);
    let longest = PREFIX;
    for (let id = 0; id < size; id++) {
      const start = offsets[id]!;
      const length = offsets[id + 1]! - start;
      if (length < PREFIX || this.#made?.[id] === 0) continue;
      if (length > longest) longest = length;
      const slot = this.#slotOf(firstFour(pool, start)) * 3;
      const table = this.#table;
      table[slot] = firstFour(pool, start);
      table[slot + 1]! |= length < OPEN_LENGTH ? 1 << (length - PREFIX) : 1 << 31;
      if (length > table[slot + 2]!) table[slot + 2] = length;
    }
    this.#hashes = new Int32Array(longest + 1);
    this.#shorter = new Int32Array(size).fill(-2);
  }

  /** The longest token that starts at `start` and ends by `end`; -1 where there is none. */
  at(bytes: Uint8Array, start: number, end: number): number {
    const vocabulary = this.#vocabulary;
    const room = end - start;
    const b0 = bytes[start]!;
    let hash = Math.imul(HASH_SEED ^ b0, 0x01000193);
    const hash1 = hash;
    if (room > 1) hash = Math.imul(hash ^ bytes[start + 1]!, 0x01000193);
    const hash2 = hash;
    if (room > 2) hash = Math.imul(hash ^ bytes[start + 2]!, 0x01000193);
    if (room >= PREFIX) {
      const key = firstFour(bytes, start);
      const slot = this.#slotOf(key) * 3;
      const longest = this.#table[slot + 2]!;
      if (longest > 0) {
        const id = this.#probe(bytes, start, Math.min(room, longest), hash, this.#table[slot + 1]!);
        if (id >= 0) return id;
      }
    }
    if (room > 2) {
      const id = vocabulary.findHashed(hash ^ (hash >>> 15), bytes, start, start + 3);
      if (id >= 0 && this.#made?.[id] !== 0) return id;
    }
    if (room > 1) {
      const id = vocabulary.findHashed(hash2 ^ (hash2 >>> 15), bytes, start, start + 2);
      if (id >= 0 && this.#made?.[id] !== 0) return id;
    }
    return vocabulary.findHashed(hash1 ^ (hash1 >>> 15), bytes, start, start + 1);
  }

  /** The longest token that is a proper prefix of token `id`; -1 where there is none. */
  shorter(id: number): number {
    let found = this.#shorter[id]!;
    if (found === -2) {
      const { pool, offsets } = this.#vocabulary;
      const start = offsets[id]!;
      const end = offsets[id + 1]! - 1;
      found = start < end ? this.at(pool, start, end) : -1;
      this.#shorter[id] = found;
    }
    return found;
  }

  #probe(bytes: Uint8Array, start: number, longest: number, hash3: number, mask: number): number {
    const hashes = this.#hashes;
    let hash = hash3;
    for (let length = PREFIX; length <= longest; length++) {
      hash = Math.imul(hash ^ bytes[start + length - 1]!, 0x01000193);
      hashes[length] = hash;
    }
    for (let length = longest; length >= PREFIX; length--) {
      const bit = length < OPEN_LENGTH ? length - PREFIX : 31;
      if ((mask & (1 << bit)) === 0) continue;
      const h = hashes[length]!;
      const id = this.#vocabulary.findHashed(h ^ (h >>> 15), bytes, start, start + length);
      if (id >= 0 && this.#made?.[id] !== 0) return id;
    }
    return -1;
  }

  #slotOf(key: number): number {
    const table = this.#table;
    const mask = this.#mask;
    const hash = Math.imul(key, 0x9e3779b1);
    let slot = (hash ^ (hash >>> 15)) & mask;
    while (table[slot * 3 + 2] !== 0 && table[slot * 3] !== key) slot = (slot + 1) & mask;
    return slot;
  }
}

function firstFour(bytes: Uint8Array, start: number): number {
  return bytes[start]! | (bytes[start + 1]! << 8) | (bytes[start + 2]! << 16) | (bytes[start + 3]! << 24);
}
