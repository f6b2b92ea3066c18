import { HASH_BASE, hashBytes, powerOfTwo } from '../byte-hash';
import type { Vocabulary } from '../vocabulary';
import type { HashWindow } from './hash-window';
import type { RankMerges } from './merges';

/** Lengths below this are looked up without checking whether they occur. */
const SHORT_PREFIX = 4;
/** Two characters of most scripts; one and a bit would leave too many lengths open. */
const LONG_PREFIX = 6;
/** Lengths from here on share bits: bit 27 stands for 31 to 36 bytes, and so on. */
const FIRST_SHARED = 31;
const SHARED_BITS = 27;
const SHARED_ENDS = [36, 48, 64, 128, Number.MAX_SAFE_INTEGER] as const;

/**
 * Finds the longest token at a place without a trie. For every first six bytes (four for tokens of four or five)
 * it knows which token lengths occur, and looks up only those, longest first; with the hashes of all prefixes
 * given, a look-up reads no byte unless it finds something. A trie of o200k has half a million nodes; this has one
 * word for each token.
 */
export class LongestMatch {
  readonly #vocabulary: Vocabulary;
  /** Lengths as bits by hash of the first bytes. Prefixes that share a slot share their lengths. */
  readonly #lengths: Int32Array;
  readonly #mask: number;
  readonly #singles = new Int32Array(256).fill(-1);
  /** The lengths from `FIRST_SHARED` on that occur, descending. */
  readonly #long: readonly number[];
  /** Longest proper prefix that is a token, by id, + 2; 0 not known yet. */
  readonly #shorter: Int32Array;
  readonly #scratch: Int32Array;
  /** 1 for tokens that merges make; undefined if they make all tokens. */
  readonly #made: Uint8Array | undefined;

  /** Tokens that no merge makes are never found: byte-pair encoding cannot produce them. */
  constructor(vocabulary: Vocabulary, merges: RankMerges) {
    this.#vocabulary = vocabulary;
    this.#made = merges.made;
    const { pool, offsets, size } = vocabulary;
    const made = merges.made;
    const slots = powerOfTwo(Math.max(1024, size >> 1));
    const mask = slots - 1;
    const lengths = new Int32Array(slots);
    const long = new Set<number>();
    for (let id = size - 1; id >= 0; id--) {
      const start = offsets[id]!;
      const length = offsets[id + 1]! - start;
      if (made !== undefined && made[id] === 0) continue;
      if (length >= FIRST_SHARED) long.add(length);
      if (length >= SHORT_PREFIX) {
        const prefix = length >= LONG_PREFIX ? LONG_PREFIX : SHORT_PREFIX;
        lengths[slotOf(hashBytes(pool, start, start + prefix)) & mask]! |= 1 << bitOf(length);
      } else if (length === 1) this.#singles[pool[start]!] = id;
    }
    this.#lengths = lengths;
    this.#mask = mask;
    this.#long = [...long].sort((a, b) => b - a);
    this.#shorter = new Int32Array(size);
    this.#scratch = new Int32Array(vocabulary.longest + 1);
  }

  /**
   * The longest token that starts at `start` and ends by `end`; -1 where there is none.
   * @param window holds the hashes around `start`
   */
  at(bytes: Uint8Array, start: number, end: number, window: HashWindow): number {
    return this.#find(bytes, start, end, window.hashes, window.start);
  }

  /** The longest token that is a proper prefix of token `id`; -1 where there is none. */
  shorter(id: number): number {
    const known = this.#shorter[id]!;
    if (known !== 0) return known - 2;
    const { pool, offsets } = this.#vocabulary;
    const start = offsets[id]!;
    const end = offsets[id + 1]! - 1;
    fillHashes(this.#scratch, pool, start, end);
    const found = start < end ? this.#find(pool, start, end, this.#scratch, start) : -1;
    this.#shorter[id] = found + 2;
    return found;
  }

  /** @param hashes of the bytes from `base` to every place from `start` to `end` */
  #find(bytes: Uint8Array, start: number, end: number, hashes: Int32Array, base: number): number {
    const room = end - start;
    const from = start - base;
    if (room >= LONG_PREFIX) {
      let lengths = this.#lengthsOf(LONG_PREFIX, hashes, from) & -4;
      if (lengths >>> SHARED_BITS !== 0) {
        const id = this.#findShared(bytes, start, room, lengths >>> SHARED_BITS, hashes, from);
        if (id >= 0) return id;
      }
      lengths &= (1 << Math.min(SHARED_BITS, room - SHORT_PREFIX + 1)) - 1;
      while (lengths !== 0) {
        const bit = 31 - Math.clz32(lengths);
        lengths ^= 1 << bit;
        const id = this.#lookUp(bytes, start, bit + SHORT_PREFIX, hashes, from);
        if (id >= 0) return id;
      }
    }
    if (room >= SHORT_PREFIX) {
      const lengths = this.#lengthsOf(SHORT_PREFIX, hashes, from);
      for (let length = Math.min(room, LONG_PREFIX - 1); length >= SHORT_PREFIX; length--) {
        if ((lengths & (1 << (length - SHORT_PREFIX))) === 0) continue;
        const id = this.#lookUp(bytes, start, length, hashes, from);
        if (id >= 0) return id;
      }
    }
    for (let length = Math.min(room, SHORT_PREFIX - 1); length > 1; length--) {
      const id = this.#lookUp(bytes, start, length, hashes, from);
      if (id >= 0) return id;
    }
    return this.#singles[bytes[start]!]!;
  }

  #lengthsOf(prefix: number, hashes: Int32Array, from: number): number {
    const hash = (hashes[from + prefix]! - Math.imul(hashes[from]!, this.#vocabulary.powers[prefix]!)) | 0;
    return this.#lengths[slotOf(hash) & this.#mask]!;
  }

  #findShared(
    bytes: Uint8Array,
    start: number,
    room: number,
    shared: number,
    hashes: Int32Array,
    from: number,
  ): number {
    for (const length of this.#long) {
      if (length > room) continue;
      if (((shared >>> (bitOf(length) - SHARED_BITS)) & 1) === 0) continue;
      const id = this.#lookUp(bytes, start, length, hashes, from);
      if (id >= 0) return id;
    }
    return -1;
  }

  #lookUp(bytes: Uint8Array, start: number, length: number, hashes: Int32Array, from: number): number {
    const vocabulary = this.#vocabulary;
    const hash = (hashes[from + length]! - Math.imul(hashes[from]!, vocabulary.powers[length]!)) | 0;
    const id = vocabulary.findHashed(hash, bytes, start, start + length);
    return id >= 0 && this.#made?.[id] === 0 ? -1 : id;
  }
}

/** Fills `hashes[i]` with the hash of `bytes[start, start + i)` up to `end`. */
function fillHashes(hashes: Int32Array, bytes: Uint8Array, start: number, end: number): void {
  let hash = 0;
  hashes[0] = 0;
  for (let i = start; i < end; i++) {
    hash = (Math.imul(hash, HASH_BASE) + bytes[i]!) | 0;
    hashes[i - start + 1] = hash;
  }
}

function bitOf(length: number): number {
  if (length < FIRST_SHARED) return length - SHORT_PREFIX;
  let bit = SHARED_BITS;
  while (length > SHARED_ENDS[bit - SHARED_BITS]!) bit++;
  return bit;
}

function slotOf(hash: number): number {
  const mixed = Math.imul(hash, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}
