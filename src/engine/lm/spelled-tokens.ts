import type { LmVocabulary } from './language-model';

/** Tokens that begin with the same bytes: places in the order of spellings, the first and the one behind the last. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A vocabulary in the order of its tokens' bytes; without tokens that add nothing to a text. */
export class SpelledTokens {
  /** The id of the token at each place. */
  readonly ids: Int32Array;
  /** Where the tokens begin that start with each byte, and the end. */
  readonly groups: Int32Array;
  /** Bytes of the longest token. */
  readonly longest: number;
  readonly #vocabulary: LmVocabulary;
  /** The bytes of all tokens, one behind the other, and where those of each place begin. */
  readonly #bytes: Uint8Array;
  readonly #starts: Int32Array;
  readonly #places: Int32Array;

  constructor(vocabulary: LmVocabulary) {
    this.#vocabulary = vocabulary;
    const ids = Array.from({ length: vocabulary.size }, (_, id) => id).filter(
      (id) => vocabulary.bytes(id).length > 0,
    );
    this.ids = Int32Array.from(ids.sort((a, b) => compare(vocabulary.bytes(a), vocabulary.bytes(b))));
    this.#places = new Int32Array(vocabulary.size);
    for (const [place, id] of this.ids.entries()) this.#places[id] = place;
    this.#starts = new Int32Array(ids.length + 1);
    for (const [place, id] of this.ids.entries())
      this.#starts[place + 1] = this.#starts[place]! + vocabulary.bytes(id).length;
    this.#bytes = new Uint8Array(this.#starts.at(-1)!);
    for (const [place, id] of this.ids.entries()) this.#bytes.set(vocabulary.bytes(id), this.#starts[place]!);
    this.longest = ids.reduce((most, id) => Math.max(most, vocabulary.bytes(id).length), 0);
    this.groups = Int32Array.from({ length: 257 }, (_, byte) => this.#search(0, ids.length, 0, byte));
  }

  get all(): Span {
    return { from: 0, to: this.ids.length };
  }

  /** The bytes of the token at a place. */
  bytes(place: number): Uint8Array {
    return this.#vocabulary.bytes(this.ids[place]!);
  }

  /** Where a token stands. */
  place(id: number): number {
    return this.#places[id]!;
  }

  length(place: number): number {
    return this.#starts[place + 1]! - this.#starts[place]!;
  }

  /** A byte of the token at a place, which has more than `depth`. */
  byte(place: number, depth: number): number {
    return this.#bytes[this.#starts[place]! + depth]!;
  }

  /** Those of a span that go on with a byte. @param depth bytes that all of the span share */
  narrow({ from, to }: Span, depth: number, byte: number): Span {
    const start = this.#search(from, to, depth, byte);
    return { from: start, to: this.#search(start, to, depth, byte + 1) };
  }

  /** Where those of a span begin that have more than `depth` bytes; those before it are its shared bytes and no more. */
  longer({ from, to }: Span, depth: number): number {
    let at = from;
    while (at < to && this.length(at) === depth) at++;
    return at;
  }

  /** The first place from which on tokens go on with at least a byte. */
  #search(from: number, to: number, depth: number, byte: number): number {
    let low = from;
    let high = to;
    while (low < high) {
      const middle = (low + high) >>> 1;
      // The end of a token comes before every byte.
      if (this.length(middle) <= depth || this.byte(middle, depth) < byte) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function compare(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}
