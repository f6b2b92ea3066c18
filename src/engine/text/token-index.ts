import { binaryOfBytes } from './decoders';

/**
 * Ids by bytes, for vocabularies whose tokens are kept in another spelling. Reads every token once when it is
 * made; takes as much memory as the bytes of all tokens.
 */
export class TokenIndex {
  readonly #pool: string;
  /** Token `id` is `#pool` from `#offsets[id]` to the next; empty for holes. */
  readonly #offsets: Uint32Array;

  /** @param bytesOf a token's bytes; undefined for a hole */
  constructor(size: number, bytesOf: (id: number) => Uint8Array | undefined) {
    const parts: string[] = [];
    this.#offsets = new Uint32Array(size + 1);
    for (let id = 0; id < size; id++) {
      const bytes = bytesOf(id);
      if (bytes) parts.push(binaryOfBytes(bytes));
      this.#offsets[id + 1] = this.#offsets[id]! + (bytes?.length ?? 0);
    }
    this.#pool = parts.join('');
  }

  /** All ids with these bytes, in ascending order. */
  idsOf(bytes: Uint8Array): number[] {
    const ids: number[] = [];
    const sought = binaryOfBytes(bytes);
    if (sought === '') return ids;
    for (let id = 0; id + 1 < this.#offsets.length; id++) {
      const start = this.#offsets[id]!;
      const isAsLong = this.#offsets[id + 1]! - start === sought.length;
      if (isAsLong && this.#pool.startsWith(sought, start)) ids.push(id);
    }
    return ids;
  }
}
