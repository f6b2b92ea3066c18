import { powerOfTwo } from '../byte-hash';
import type { Vocabulary } from '../vocabulary';
import { pointAt, utf8LengthOfLead } from './utf8-points';

const JOINED = 1;
const ODD = 2;

const PLAIN = 0;
/** A flag of `SpaceWords.kind`: the word may hold a token that more than one merge makes. */
export const IRREGULAR = 1;
/** The word is a single character that is not a token. */
export const UNKNOWN = 2;

/**
 * Splits UTF-8 into words that no merge crosses: between two characters that are adjacent in no token. Pairs
 * of ASCII characters are in a table; for others a Bloom filter of one hash may say yes too often (and a split is
 * missed), never too rarely.
 */
export class SpaceWords {
  /** The kind of the word found last. */
  kind = PLAIN;
  readonly #ascii = new Uint8Array(128 * 128);
  readonly #filter: Uint8Array;
  readonly #mask: number;
  /** One bit for each code point that is a token. */
  readonly #known = new Uint32Array(0x110000 >>> 5);

  /** @param size of the vocabulary */
  constructor(size: number) {
    // A byte for two flags wastes bits, but is read in one load.
    this.#filter = new Uint8Array(powerOfTwo(Math.max(1 << 16, size * 4)));
    this.#mask = this.#filter.length - 1;
  }

  /** Adds the characters of tokens that merges make, `[0, bases)` being the single ones. */
  addTokens({ pool, offsets, size }: Vocabulary, bases: number): void {
    for (let id = 0; id < bases; id++) {
      const point = pointAt(pool, offsets[id]!);
      this.#known[point >>> 5]! |= 1 << (point & 31);
    }
    for (let id = bases; id < size; id++) this.#join(pool, offsets[id]!, offsets[id + 1]!);
  }

  /** Adds, after the others, a token that more than one merge makes. Any word that contains it is irregular. */
  addIrregular(bytes: Uint8Array): void {
    this.#join(bytes, 0, bytes.length);
    const pairs: [number, number][] = [];
    let before = -1;
    for (let at = 0; at < bytes.length; at += utf8LengthOfLead(bytes[at]!)) {
      const point = pointAt(bytes, at);
      if (before >= 0) pairs.push([before, point]);
      before = point;
    }
    // One pair is enough to detect it; doubled characters are the rarest, and most such tokens are runs.
    const telling = pairs.find(([a, b]) => a === b) ?? pairs[0];
    if (telling) this.#mark(telling[0], telling[1], ODD);
  }

  /** The end of the word that begins at `start`, and by `end` at the latest. */
  wordEnd(bytes: Uint8Array, start: number, end: number): number {
    const ascii = this.#ascii;
    let before = bytes[start]!;
    let at = start + utf8LengthOfLead(before);
    if (before >= 0x80) before = pointAt(bytes, start);
    this.kind = UNKNOWN;
    if (!this.#isKnown(before)) return at;
    let flags = 0;
    // Most of most texts is ASCII.
    while (at < end && before < 0x80) {
      const point = bytes[at]!;
      if (point >= 0x80) break;
      const pair = ascii[(before << 7) | point]!;
      if (pair === 0) {
        this.kind = (flags & ODD) === 0 ? PLAIN : IRREGULAR;
        return at;
      }
      flags |= pair;
      before = point;
      at++;
    }
    while (at < end) {
      const lead = bytes[at]!;
      const point = lead < 0x80 ? lead : pointAt(bytes, at);
      const pair = (before | point) < 0x80 ? ascii[(before << 7) | point]! : this.#pair(before, point);
      if (pair === 0) break;
      flags |= pair;
      before = point;
      at += utf8LengthOfLead(lead);
    }
    this.kind = (flags & ODD) === 0 ? PLAIN : IRREGULAR;
    return at;
  }

  #isKnown(point: number): boolean {
    return ((this.#known[point >>> 5]! >>> (point & 31)) & 1) === 1;
  }

  /** Flags of a pair that is not all ASCII; none where the filter is known to be wrong. */
  #pair(first: number, second: number): number {
    const flags = this.#filter[hashOf(first, second) & this.#mask]!;
    return flags !== 0 && this.#isKnown(second) ? flags : 0;
  }

  #join(bytes: Uint8Array, start: number, end: number): void {
    let before = -1;
    for (let at = start; at < end; ) {
      const lead = bytes[at]!;
      const point = lead < 0x80 ? lead : pointAt(bytes, at);
      // A character that is not a token takes part in no merge.
      if (before >= 0 && this.#isKnown(before) && this.#isKnown(point)) this.#mark(before, point, JOINED);
      before = point;
      at += utf8LengthOfLead(lead);
    }
  }

  #mark(first: number, second: number, flag: number): void {
    if ((first | second) < 0x80) this.#ascii[(first << 7) | second]! |= flag;
    else this.#filter[hashOf(first, second) & this.#mask]! |= flag;
  }
}

function hashOf(first: number, second: number): number {
  const hash = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b);
  return hash ^ (hash >>> 15);
}
