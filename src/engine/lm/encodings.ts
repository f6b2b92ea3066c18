import type { LmVocabulary, Prefix } from './language-model';

/**
 * Which sequences of tokens are the encoding of some text: in the terms of Phan et al. (arXiv 2410.09303), which are
 * valid. The beginning of a valid sequence is valid, and every text has exactly one.
 */
export interface Encodings {
  /**
   * What may follow tokens that begin the encoding of some text.
   * @returns 1 for each token that may; do not change it
   */
  after(before: Prefix): Uint8Array;
  /**
   * Whether such tokens are the encoding of their own text. Only where a tokenizer looks ahead may they not be: they are
   * then the beginning of longer ones.
   */
  isWhole(prefix: Prefix): boolean;
}

/** For a vocabulary in which every sequence is the encoding of its text, such as that of single bytes. */
export function everyEncoding(size: number): Encodings {
  const all = new Uint8Array(size).fill(1);
  return { after: () => all, isWhole: () => true };
}

/** Two symbols become a third one. */
export type Merge = readonly [left: number, right: number, merged: number];

/** How merges make a token of its bytes, step by step. */
interface Derivation {
  /** Of each merge, in the order in which they happen. */
  readonly ranks: readonly number[];
  /** The outermost symbols before each merge, and at the end. */
  readonly firsts: readonly number[];
  readonly lasts: readonly number[];
  /** Whether they make it: if not, no text gives this token. */
  readonly isMade: boolean;
}

/** The encodings of a byte-level BPE where neighbouring bytes decide how a text is cut: every two neighbours decide here. */
export class MergeEncodings implements Encodings {
  readonly #vocabulary: LmVocabulary;
  readonly #cuts: (left: number, right: number) => boolean;
  /** By the left symbol, then by the right one: the place of a merge among all. */
  readonly #ranks: readonly Map<number, number>[];
  readonly #merged: readonly number[];
  readonly #derivations: readonly Derivation[];
  readonly #known = new Map<number, Uint8Array>();

  /**
   * @param merges the first one is carried out first
   * @param cuts whether texts are cut between two neighbouring bytes before anything is merged
   */
  constructor(
    vocabulary: LmVocabulary,
    merges: readonly Merge[],
    cuts: (left: number, right: number) => boolean,
  ) {
    this.#vocabulary = vocabulary;
    this.#cuts = cuts;
    this.#merged = merges.map(([, , merged]) => merged);
    this.#ranks = Array.from({ length: vocabulary.size }, () => new Map<number, number>());
    for (const [rank, [left, right]] of merges.entries()) {
      const ranks = this.#ranks[left]!;
      if (!ranks.has(right)) ranks.set(right, rank);
    }
    const idOfByte = new Map<number, number>();
    for (let id = 0; id < vocabulary.size; id++) {
      const bytes = vocabulary.bytes(id);
      if (bytes.length === 1) idOfByte.set(bytes[0]!, id);
    }
    this.#derivations = Array.from({ length: vocabulary.size }, (_, id) => this.#derive(id, idOfByte));
  }

  after({ id: before }: Prefix): Uint8Array {
    const known = this.#known.get(before);
    if (known) return known;
    const { size, bytes } = this.#vocabulary;
    const last = before < 0 ? -1 : bytes(before).at(-1)!;
    // Symbols that something in `before` can be merged with: most tokens begin with none of them.
    const near = new Uint8Array(size);
    if (before >= 0)
      for (const symbol of this.#derivations[before]!.lasts)
        for (const right of this.#ranks[symbol]!.keys()) near[right] = 1;
    const found = new Uint8Array(size);
    for (let id = 0; id < size; id++) {
      const { isMade, firsts } = this.#derivations[id]!;
      if (!isMade) continue;
      const isFar = before < 0 || firsts.every((symbol) => near[symbol] === 0);
      if (isFar || this.#cuts(last, bytes(id)[0]!) || this.#staysApart(before, id)) found[id] = 1;
    }
    this.#known.set(before, found);
    return found;
  }

  isWhole(): boolean {
    return true;
  }

  #rank(left: number, right: number): number {
    return this.#ranks[left]?.get(right) ?? Number.POSITIVE_INFINITY;
  }

  /** Carries merges out: the lowest rank first, of equal ones the leftmost. */
  #derive(id: number, idOfByte: ReadonlyMap<number, number>): Derivation {
    const bytes = this.#vocabulary.bytes(id);
    const isCut = bytes.some((byte, i) => i > 0 && this.#cuts(bytes[i - 1]!, byte));
    const symbols = Array.from(bytes, (byte) => idOfByte.get(byte) ?? -1);
    const ranks: number[] = [];
    const [firsts, lasts] = [[symbols[0]!], [symbols.at(-1)!]];
    for (;;) {
      let [best, at] = [Number.POSITIVE_INFINITY, -1];
      for (let i = 0; i + 1 < symbols.length; i++) {
        const rank = this.#rank(symbols[i]!, symbols[i + 1]!);
        if (rank < best) [best, at] = [rank, i];
      }
      if (at < 0) {
        const isMade = !isCut && symbols.length === 1 && symbols[0] === id;
        return { ranks, firsts, lasts, isMade };
      }
      symbols.splice(at, 2, this.#merged[best]!);
      ranks.push(best);
      firsts.push(symbols[0]!);
      lasts.push(symbols.at(-1)!);
    }
  }

  /**
   * Whether the bytes of two tokens side by side become these two. Until something is merged across the middle, each
   * side becomes what it would become alone, so only the outermost symbols of both have to be followed.
   */
  #staysApart(left: number, right: number): boolean {
    const [a, b] = [this.#derivations[left]!, this.#derivations[right]!];
    for (let i = 0, j = 0; ; ) {
      const across = this.#rank(a.lasts[i]!, b.firsts[j]!);
      const [inA, inB] = [a.ranks[i] ?? Number.POSITIVE_INFINITY, b.ranks[j] ?? Number.POSITIVE_INFINITY];
      if (across < inA && across <= inB) return false;
      if (i === a.ranks.length && j === b.ranks.length) return true;
      if (inA <= inB) i++;
      else j++;
    }
  }
}
