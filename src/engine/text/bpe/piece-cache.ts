const SLOTS = 1 << 15;
const POOL_BYTES = 1 << 19;
const MAX_PIECE = 64;
/** A slot that is taken is looked past at most this often; then the piece simply is not cached. */
const MAX_PROBES = 8;

/**
 * Remembers how pieces were segmented, within fixed memory (about 1.5 MB): when it is full it starts anew.
 * A slot holds: hash, where the piece's bytes lie, its length, where its tokens lie, their number.
 */
export class PieceCache {
  readonly #slots = new Int32Array(SLOTS * 4);
  readonly #pool = new Uint8Array(POOL_BYTES);
  readonly #tokens = new Uint32Array(POOL_BYTES / 4);
  #poolUsed = 0;
  #tokensUsed = 0;

  /** The tokens of a piece as a place in `tokens`: `offset * 256 + count`; -1 where it is not known. */
  find(hash: number, bytes: Uint8Array, start: number, end: number): number {
    const length = end - start;
    const slots = this.#slots;
    const pool = this.#pool;
    for (let probe = 0; probe < MAX_PROBES; probe++) {
      const slot = ((hash + probe) & (SLOTS - 1)) * 4;
      const known = slots[slot + 2]!;
      if (known === 0) return -1;
      if (slots[slot] !== hash || known !== length) continue;
      const offset = slots[slot + 1]!;
      let i = 0;
      while (i < length && pool[offset + i] === bytes[start + i]) i++;
      if (i === length) return slots[slot + 3]!;
    }
    return -1;
  }

  /** The store that `find` points into. */
  get tokens(): Uint32Array {
    return this.#tokens;
  }

  /** Remembers that `bytes[start, end)` is `ids[first, first + count)`. */
  add(
    hash: number,
    bytes: Uint8Array,
    start: number,
    end: number,
    ids: Uint32Array,
    first: number,
    count: number,
  ): void {
    const length = end - start;
    if (length > MAX_PIECE) return;
    if (this.#poolUsed + length > this.#pool.length || this.#tokensUsed + count > this.#tokens.length) {
      this.#slots.fill(0);
      this.#poolUsed = 0;
      this.#tokensUsed = 0;
    }
    for (let probe = 0; probe < MAX_PROBES; probe++) {
      const slot = ((hash + probe) & (SLOTS - 1)) * 4;
      if (this.#slots[slot + 2] !== 0) continue;
      this.#slots[slot] = hash;
      this.#slots[slot + 1] = this.#poolUsed;
      this.#slots[slot + 2] = length;
      this.#slots[slot + 3] = this.#tokensUsed * 256 + count;
      for (let i = 0; i < length; i++) this.#pool[this.#poolUsed++] = bytes[start + i]!;
      for (let i = 0; i < count; i++) this.#tokens[this.#tokensUsed++] = ids[first + i]!;
      return;
    }
  }
}
