import { finishHash, hashBytes, powerOfTwo } from './byte-hash';

/**
 * Ids by bytes, for vocabularies whose tokens are kept in another spelling. Reads every token once when it is made;
 * takes up to twelve bytes a token.
 */
export class TokenIndex {
  readonly #bytesOf: (id: number) => Uint8Array | undefined;
  /** By hash: the smallest id with it, and for each id the next one with the same; plus one, 0 for none. */
  readonly #first: Int32Array;
  readonly #next: Int32Array;

  /** @param bytesOf a token's bytes; undefined for a hole */
  constructor(size: number, bytesOf: (id: number) => Uint8Array | undefined) {
    this.#bytesOf = bytesOf;
    this.#first = new Int32Array(powerOfTwo(size));
    this.#next = new Int32Array(size);
    for (let id = size - 1; id >= 0; id--) {
      const bytes = bytesOf(id);
      if (!bytes || bytes.length === 0) continue;
      const slot = this.#slotOf(bytes);
      this.#next[id] = this.#first[slot]!;
      this.#first[slot] = id + 1;
    }
  }

  /** All ids with these bytes, in ascending order. */
  idsOf(bytes: Uint8Array): number[] {
    const ids: number[] = [];
    for (let id = this.#first[this.#slotOf(bytes)]! - 1; id >= 0; id = this.#next[id]! - 1) {
      if (isSame(this.#bytesOf(id)!, bytes)) ids.push(id);
    }
    return ids;
  }

  #slotOf(bytes: Uint8Array): number {
    return finishHash(hashBytes(bytes, 0, bytes.length)) & (this.#first.length - 1);
  }
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
