const SLOTS = 1 << 15;
const POOL_WORDS = 1 << 18;
/** Longer pieces are not cached, because they hardly ever repeat. */
const MAX_PIECE = 64;
/** At most this many taken slots are skipped; then the piece is not cached. */
const MAX_PROBES = 4;
/** Ids that fit beside an end. */
const MAX_ID = 1 << 24;

/**
 * Caches how pieces were segmented, within fixed memory (about 1.3 MB); when it is full it is emptied.
 * A slot holds the hash and the place of the entry in the pool. An entry: length | tokens << 8, the tokens as
 * id | end << 24, then the piece's bytes. All that one look-up reads is adjacent.
 */
export class PieceCache {
  readonly #slots = new Int32Array(SLOTS * 2);
  /** The entries. `find` points into it: at the word with the number of tokens. */
  readonly words = new Int32Array(POOL_WORDS);
  readonly #bytes = new Uint8Array(this.words.buffer);
  /** Words used; the first one stays free, so that 0 is not a valid place. */
  #used = 1;

  /** The place of a piece's entry in `words`; 0 where it is not cached. */
  find(hash: number, bytes: Uint8Array, start: number, end: number): number {
    const length = end - start;
    const slots = this.#slots;
    const words = this.words;
    const pool = this.#bytes;
    for (let probe = 0; probe < MAX_PROBES; probe++) {
      const slot = ((hash + probe) & (SLOTS - 1)) * 2;
      const entry = slots[slot + 1]!;
      if (entry === 0) return 0;
      if (slots[slot] !== hash) continue;
      const head = words[entry]!;
      if ((head & 255) !== length) continue;
      const offset = (entry + 1 + (head >>> 8)) * 4;
      let i = 0;
      while (i < length && pool[offset + i] === bytes[start + i]) i++;
      if (i === length) return entry;
    }
    return 0;
  }

  /** Remembers that `bytes[start, end)` is `ids[first, last)`, which end at `ends`. */
  add(
    hash: number,
    bytes: Uint8Array,
    start: number,
    end: number,
    { ids, ends }: { readonly ids: Uint32Array; readonly ends: Uint32Array },
    first: number,
    last: number,
  ): void {
    const length = end - start;
    if (length > MAX_PIECE) return;
    const size = 1 + (last - first) + ((length + 3) >> 2);
    if (this.#used + size > POOL_WORDS) {
      this.#slots.fill(0);
      this.#used = 1;
    }
    for (let i = first; i < last; i++) if (ids[i]! >= MAX_ID) return;
    for (let probe = 0; probe < MAX_PROBES; probe++) {
      const slot = ((hash + probe) & (SLOTS - 1)) * 2;
      if (this.#slots[slot + 1] !== 0) continue;
      const entry = this.#used;
      this.#slots[slot] = hash;
      this.#slots[slot + 1] = entry;
      this.words[entry] = length | ((last - first) << 8);
      let at = entry + 1;
      for (let i = first; i < last; i++) this.words[at++] = ids[i]! | ((ends[i]! - start) << 24);
      this.#bytes.set(bytes.subarray(start, end), at * 4);
      this.#used += size;
      return;
    }
  }
}
