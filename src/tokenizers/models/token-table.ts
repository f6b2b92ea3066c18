import type { Vocabulary } from '../vocabulary';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

/** Token strings and ids, both ways, over a vocabulary of UTF-8 bytes: strings are made only on request. */
export class TokenTable {
  readonly vocabulary: Vocabulary;
  readonly #strings: (string | undefined)[] = [];
  #scratch = new Uint8Array(96);

  constructor(vocabulary: Vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** Ids are below this. */
  get size(): number {
    return this.vocabulary.size;
  }

  /** The token with an id; undefined in holes and out of range. */
  tokenOf(id: number): string | undefined {
    const known = this.#strings[id];
    if (known !== undefined) return known;
    const bytes = this.vocabulary.bytesOf(id);
    if (bytes.length === 0) return undefined;
    const token = decoder.decode(bytes);
    this.#strings[id] = token;
    return token;
  }

  idOf(token: string): number | undefined {
    if (this.#scratch.length < 3 * token.length) this.#scratch = new Uint8Array(6 * token.length);
    const scratch = this.#scratch;
    let length = 0;
    while (length < token.length) {
      const unit = token.charCodeAt(length);
      if (unit >= 0x80) break;
      scratch[length++] = unit;
    }
    if (length < token.length) length = encoder.encodeInto(token, scratch).written;
    const id = this.vocabulary.find(scratch, 0, length);
    return id < 0 ? undefined : id;
  }
}
