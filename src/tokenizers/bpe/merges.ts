import type { CompiledVocabulary, Vocabulary } from '../vocabulary';

/** Number of pairs of neighbours whose answer is cached. */
const PAIRS = 1 << 15;

/**
 * The merges of a byte-pair vocabulary whose ids are ranks: token `id` is made of `left(id)` and `right(id)`. A
 * token that no merge makes (a single byte, or unreachable) is its own left and right. Nothing is computed when
 * loading: halves are found on first use, and pairs are looked up as the bytes of both.
 */
export class RankMerges {
  /** 1 for single bytes and tokens that a merge makes, 0 for others; undefined where there are no others. */
  readonly made: Uint8Array | undefined;
  readonly #vocabulary: Vocabulary;
  readonly #leftLengths: Uint8Array | Uint16Array;
  /** id + 1 of each half; 0 where not asked for yet. */
  readonly #left: Int32Array;
  readonly #right: Int32Array;

  /** Answers of `standsApart`, direct-mapped, two words a slot: first + 1, second * 2 + answer. */
  readonly #pairs = new Int32Array(PAIRS * 2);

  /** @param singles ids below are single characters of several bytes, which no merge makes either */
  constructor({ vocabulary, leftLengths }: Omit<CompiledVocabulary, 'isOrdered'>, singles = 0) {
    const { size, offsets } = vocabulary;
    this.#vocabulary = vocabulary;
    this.#leftLengths = leftLengths;
    this.#left = new Int32Array(size);
    this.#right = new Int32Array(size);
    let made: Uint8Array | undefined;
    for (let id = singles; id < size; id++) {
      if (leftLengths[id] !== 0 || offsets[id + 1]! - offsets[id]! < 2) continue;
      made ??= new Uint8Array(size).fill(1);
      made[id] = 0;
    }
    this.made = made;
  }

  left(id: number): number {
    const known = this.#left[id]!;
    return known > 0 ? known - 1 : this.#halve(id, this.#left);
  }

  right(id: number): number {
    const known = this.#right[id]!;
    return known > 0 ? known - 1 : this.#halve(id, this.#right);
  }

  /** The token that merging `left` and `right` makes; -1 where they do not merge. */
  find(left: number, right: number): number {
    const merged = this.#vocabulary.findJoined(left, right);
    if (merged < 0) return -1;
    // Other halves may make the same bytes, but only one merge makes a token.
    const { offsets } = this.#vocabulary;
    return this.#leftLengths[merged] === offsets[left + 1]! - offsets[left]! ? merged : -1;
  }

  /**
   * Whether byte-pair encoding leaves `first` and `second` side by side: no merge across their border would
   * have come before the merges inside them. Undoes the merges at the border, latest first.
   */
  standsApart(first: number, second: number): boolean {
    const pairs = this.#pairs;
    const hash = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b);
    const slot = ((hash ^ (hash >>> 15)) & (PAIRS - 1)) * 2;
    if (pairs[slot] === first + 1 && pairs[slot + 1]! >> 1 === second) return (pairs[slot + 1]! & 1) === 1;
    const answer = this.#standsApart(first, second);
    pairs[slot] = first + 1;
    pairs[slot + 1] = second * 2 + (answer ? 1 : 0);
    return answer;
  }

  #standsApart(first: number, second: number): boolean {
    let limit = 0x7fffffff;
    for (;;) {
      const merged = this.find(first, second);
      if (merged >= 0 && merged < limit) return false;
      if (first > second) {
        limit = first;
        first = this.right(first);
        if (first !== limit) continue;
        limit = second + 1;
        second = this.left(second);
        if (second + 1 === limit) return true;
      } else {
        limit = second + 1;
        second = this.left(second);
        if (second + 1 !== limit) continue;
        limit = first;
        first = this.right(first);
        if (first === limit) return true;
      }
    }
  }

  #halve(id: number, half: Int32Array): number {
    const { pool, offsets } = this.#vocabulary;
    const start = offsets[id]!;
    const cut = start + this.#leftLengths[id]!;
    const single = cut === start;
    this.#left[id] = 1 + (single ? id : this.#vocabulary.find(pool, start, cut));
    this.#right[id] = 1 + (single ? id : this.#vocabulary.find(pool, cut, offsets[id + 1]!));
    return half[id]! - 1;
  }
}
