import { HASH_BASE } from '../byte-hash';

const MINIMUM = 1 << 12;

/**
 * Hashes of all prefixes of a stretch around the current place, so that the hash of any part of it is one
 * subtraction. It moves along a long piece, so that memory does not grow with the piece.
 */
export class HashWindow {
  /** `hashes[i]` is the hash of the bytes from `start` to `start + i`. */
  hashes: Int32Array;
  start = 0;
  #end = 0;
  readonly #reach: number;

  /** @param reach the most bytes that are read from a place */
  constructor(reach: number) {
    this.#reach = reach;
    this.hashes = new Int32Array(Math.max(MINIMUM, 4 * reach) + 1);
  }

  /** Clears the window before other bytes are encoded. */
  clear(): void {
    this.start = 0;
    this.#end = 0;
  }

  /** Computes the hashes from `at` on, as far as a token can reach and the piece `[first, end)` goes. */
  cover(bytes: Uint8Array, first: number, at: number, end: number): void {
    if (at >= this.start && (at + this.#reach <= this.#end || this.#end === end)) return;
    const { hashes } = this;
    // Backtracking may go back a little, so a quarter of the window is before the place.
    const start = Math.max(first, at - (hashes.length >> 2));
    const last = Math.min(end, start + hashes.length - 1);
    let hash = 0;
    for (let i = start; i < last; i++) {
      hash = (Math.imul(hash, HASH_BASE) + bytes[i]!) | 0;
      hashes[i - start + 1] = hash;
    }
    this.start = start;
    this.#end = last;
  }
}
