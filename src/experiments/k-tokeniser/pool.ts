import type { TokenSequence } from '../../core/text/token-sequence';
import type { Tokenizer } from '../../core/text/tokens';
import { decodeUtf8, encodeUtf8 } from '../../core/text/utf8';
import { smoothedBits, type TypeSegmentation, type TypeVocabulary } from './type-vocabulary';
import { SIZES, termTypes } from './types';

/** Ids that are kept free for each type, behind those of the base vocabulary. */
const TYPE_IDS = 4096;

/** A word and its segmentations. */
export interface PooledWord {
  readonly text: string;
  readonly base: readonly number[];
  /** Bytes of each base token's place in the word. */
  readonly baseEnds: readonly number[];
  readonly baseBits: number;
  /** By type, then by size. */
  readonly types: readonly (readonly TypeSegmentation[])[];
}

/** Words that are counted in a step. */
const COUNTED = 500;

const LETTERS = /^\p{L}/u;

/** Letters, digits or one other character: what BERT's tokenizer never joins. */
const WORDS = /\p{L}[\p{L}\p{M}]*|\p{N}+|[^\s\p{L}\p{N}]/gu;

/** A text's words, by sentence: one ends after . ! or ? before white space, and at a line break. */
export function sentencesOf(text: string): { readonly word: string; readonly end: number }[][] {
  const sentences: { word: string; end: number }[][] = [[]];
  let at = 0;
  for (const { index, 0: word } of text.matchAll(WORDS)) {
    const gap = text.slice(at, index);
    const last = sentences.at(-1)!;
    const isOver = gap.includes('\n') || (gap !== '' && /^[.!?]$/u.test(last.at(-1)?.word ?? ''));
    at = index + word.length;
    if (isOver && last.length > 0) sentences.push([{ word, end: at }]);
    else last.push({ word, end: at });
  }
  return sentences;
}

export function isWord(text: string): boolean {
  return LETTERS.test(text);
}

/**
 * Every word's candidate segmentations: by the base tokenizer, and by each type's vocabulary (steps 2 and 3 of
 * K-Tokeniser, arXiv 2406.14312). The score that the paper minimises is an entropy whose formula we do not know; here it
 * is the number of bits that the pieces cost under a unigram model of their vocabulary: the terms' pieces for a type, the
 * tokens of the words that are counted for the base.
 */
export class Pool {
  readonly #base: Tokenizer;
  readonly #types: readonly TypeVocabulary[];
  readonly #words = new Map<string, PooledWord>();
  readonly #encoded = new Map<string, TokenSequence>();
  #bits: ReturnType<typeof smoothedBits>;

  /** @param types in the order of `termTypes` */
  constructor(base: Tokenizer, types: readonly TypeVocabulary[]) {
    this.#base = base;
    this.#types = types;
    this.#bits = smoothedBits(new Map(), base.vocabularySize);
  }

  /** Counts the base's tokens: before any word is asked for. Small steps. @param counted words, as often as they occur */
  *count(counted: readonly string[]): Generator<void, void> {
    const counts = new Map<number, number>();
    for (const [i, word] of counted.entries()) {
      for (const id of this.#encode(word).ids) counts.set(id, (counts.get(id) ?? 0) + 1);
      if (i % COUNTED === 0) yield;
    }
    this.#bits = smoothedBits(counts, this.#base.vocabularySize);
  }

  of(text: string): PooledWord {
    const known = this.#words.get(text);
    if (known) return known;
    const { ids, ends } = this.#encode(text);
    const { known: bits, unknown } = this.#bits;
    const word: PooledWord = {
      text,
      base: [...ids],
      baseEnds: [...ends],
      baseBits: ids.reduce((sum, id) => sum + (bits.get(id) ?? unknown), 0),
      // A type's pieces must be fewer than the base's.
      types:
        isWord(text) && ids.length > 1 ? this.#types.map((type) => type.segment(text.toLowerCase())) : [],
    };
    this.#words.set(text, word);
    return word;
  }

  #encode(word: string): TokenSequence {
    let tokens = this.#encoded.get(word);
    if (!tokens) {
      tokens = this.#base.encode(word);
      this.#encoded.set(word, tokens);
    }
    return tokens;
  }

  /** Tokens of a word as a choice has them: those of types are behind those of the base. @param type -1: the base */
  idsOf(word: PooledWord, type: number, size: number): readonly number[] {
    if (type < 0) return word.base;
    const first = this.#base.vocabularySize + type * TYPE_IDS;
    return word.types[type]![size]!.pieces.map((piece) => first + piece);
  }

  /** The base's tokens of a piece, from which its vector starts (step 5). */
  startOf(piece: string): readonly number[] {
    return [...this.#encode(piece).ids];
  }
}

/** How a sentence is segmented. */
export interface Choice {
  /** By word: a type, or -1 for the base. */
  readonly types: readonly number[];
  /** Words for which the sentence chose another type than the word alone would have. */
  readonly moved: number;
}

/**
 * Steps 3 and 4 of K-Tokeniser. A type is a candidate for a word where its pieces are fewer than the base's and
 * cost fewer bits. A word alone takes the cheapest candidate; in a sentence it takes the first in the order of the sentence's
 * fertility with each type, the lowest first, the cheaper one where these are equal.
 * @param size index into SIZES
 */
export function chooseTypes(words: readonly PooledWord[], size: number): Choice {
  const candidates = words.map((word) => candidatesOf(word, size));
  if (candidates.every((types) => types.length < 2)) {
    return { types: candidates.map(([type = -1]) => type), moved: 0 };
  }
  const fertility = termTypes.map((_, type) =>
    words.reduce((sum, word, i) => sum + tokensOf(word, candidates[i]!.includes(type) ? type : -1, size), 0),
  );
  let moved = 0;
  const types = candidates.map((sorted) => {
    const [alone = -1] = sorted;
    const chosen = sorted.reduce((best, type) => (fertility[type]! < fertility[best]! ? type : best), alone);
    if (chosen !== alone) moved++;
    return chosen;
  });
  return { types, moved };
}

const NONE: readonly number[] = [];

/** The types that may segment a word, the cheapest first. */
function candidatesOf({ base, baseBits, types }: PooledWord, size: number): readonly number[] {
  // Nothing is fewer than one token: most words end here.
  if (SIZES[size] === 0 || base.length === 1) return NONE;
  const bits = (type: number) => types[type]![size]!.bits;
  return types
    .flatMap((sizes, type) => {
      const { pieces, bits: cost } = sizes[size]!;
      return pieces.length < base.length && cost < baseBits ? [type] : [];
    })
    .sort((a, b) => bits(a) - bits(b));
}

/** Tokens of a word. */
export function tokensOf({ base, types }: PooledWord, type: number, size: number): number {
  return type < 0 ? base.length : types[type]![size]!.pieces.length;
}

/** Where the tokens of a word end, in bytes of `spelling`, which is in lower case where that alone fits the pieces. */
export function piecesOf(word: PooledWord, type: number, size: number): string[] {
  const lower = word.text.toLowerCase();
  const exact = encodeUtf8(word.text);
  const bytes = type < 0 || encodeUtf8(lower).length === exact.length ? exact : encodeUtf8(lower);
  let at = 0;
  const ends = type < 0 ? word.baseEnds : word.types[type]![size]!.lengths.map((length) => (at += length));
  return ends.map((end, i) => decodeUtf8(bytes.subarray(ends[i - 1] ?? 0, end)));
}
