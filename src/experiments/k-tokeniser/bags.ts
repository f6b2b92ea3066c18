import { chooseTypes, type Pool, piecesOf } from './pool';

/** Bags of tokens of one size, with numbers of their own for the tokens that occur. */
export class Bags {
  readonly #pool: Pool;
  readonly #keepsWeight: boolean;
  /** The number of each id. */
  readonly #numbers = new Map<number, number>();
  /** Of each number that is no token of the base: its text. */
  readonly #pieces = new Map<number, string>();

  /** @param keepsWeight a word of a type counts as often as the base's pieces, by its first piece */
  constructor(pool: Pool, keepsWeight: boolean) {
    this.#pool = pool;
    this.#keepsWeight = keepsWeight;
  }

  /** Tokens that have occurred. */
  get vocabulary(): number {
    return this.#numbers.size;
  }

  /** @param size index into SIZES */
  of(sentences: readonly (readonly string[])[], size: number): Uint32Array {
    const pool = this.#pool;
    const tokens: number[] = [];
    for (const sentence of sentences) {
      const words = sentence.map((word) => pool.of(word));
      const { types } = chooseTypes(words, size);
      for (const [place, word] of words.entries()) {
        const type = types[place]!;
        const texts = type < 0 ? [] : piecesOf(word, type, size);
        const ids = pool.idsOf(word, type, size);
        for (const [at, id] of ids.entries()) {
          const isNew = !this.#numbers.has(id);
          const number = this.#numbers.get(id) ?? this.#numbers.size;
          this.#numbers.set(id, number);
          if (isNew && type >= 0) this.#pieces.set(number, texts[at]!.toLowerCase());
          const times = this.#keepsWeight && at === 0 ? 1 + word.base.length - ids.length : 1;
          for (let i = 0; i < times; i++) tokens.push(number);
        }
      }
    }
    return Uint32Array.from(tokens);
  }

  /** Of each token that is not the base's: its pieces in the base, by their numbers there; those without any are left out. */
  startsIn(base: Bags): Map<number, number[]> {
    const starts = new Map<number, number[]>();
    for (const [number, text] of this.#pieces) {
      const pieces = this.#pool.startOf(text).flatMap((id) => base.#numbers.get(id) ?? []);
      if (pieces.length > 0) starts.set(number, pieces);
    }
    return starts;
  }
}
