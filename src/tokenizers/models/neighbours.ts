import { powerOfTwo } from '../byte-hash';
import type { Vocabulary } from '../vocabulary';
import { pointAt, utf8LengthOfLead } from './utf8-points';

/**
 * Which characters are adjacent inside some token. Between two that are not, no merge can cross: a text may be split
 * there, and its words cached, without any pre-tokenizer. A Bloom filter of one hash: it may say yes too
 * often (and a split is missed), never too rarely.
 */
export class Neighbours {
  readonly #bits: Uint32Array;
  readonly #mask: number;

  constructor({ pool, offsets, size: count }: Vocabulary) {
    const size = powerOfTwo(Math.max(1 << 16, count * 16));
    this.#bits = new Uint32Array(size >> 5);
    this.#mask = size - 1;
    for (let id = 0; id < count; id++) {
      const end = offsets[id + 1]!;
      let before = -1;
      for (let at = offsets[id]!; at < end; at += utf8LengthOfLead(pool[at]!)) {
        const point = pointAt(pool, at);
        if (before >= 0) {
          const bit = hashOf(before, point) & this.#mask;
          this.#bits[bit >>> 5]! |= 1 << (bit & 31);
        }
        before = point;
      }
    }
  }

  /** False only if the two are adjacent in no token. */
  has(first: number, second: number): boolean {
    const bit = hashOf(first, second) & this.#mask;
    return ((this.#bits[bit >>> 5]! >>> (bit & 31)) & 1) === 1;
  }

  /** Where the word that begins at `from` must end: the first place that no token spans. */
  wordEnd(points: Uint32Array, from: number): number {
    let at = from + 1;
    while (at < points.length && this.has(points[at - 1]!, points[at]!)) at++;
    return at;
  }
}

function hashOf(first: number, second: number): number {
  const hash = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b);
  return hash ^ (hash >>> 15);
}
