import { isContinuation } from '../../core/text/utf8';
import { type AlignedText, stringOf } from '../aligned-text';
import type { Vocabulary } from '../vocabulary';
import type { EmitToken, TokenModel } from './model';
import { noUnknownToken } from './no-unknown-token';
import { TokenTable } from './token-table';

/** Options of WordPiece. */
export interface WordPieceOptions {
  /** Without it in the vocabulary, texts with unknown words fail. */
  readonly unknownToken: string;
  /** Begins every token but a word's first; `##` in BERT. */
  readonly prefix: string;
  /** Longer words are unknown. */
  readonly maxCharacters: number;
}

/** One step of the greedy search: the longest token that continues a word. */
export interface WordPieceMatch {
  readonly id: number;
  readonly from: number;
  readonly to: number;
}

/** WordPiece (Schuster and Nakajima 2012; BERT): the longest token first; one failure makes the word unknown. */
export class WordPieceModel extends TokenTable implements TokenModel {
  readonly #options: WordPieceOptions;
  readonly #longest: number;
  /** Undefined where the vocabulary lacks it. */
  readonly unknownId: number | undefined;

  constructor(vocabulary: Vocabulary, options: WordPieceOptions) {
    super(vocabulary);
    this.#options = options;
    this.unknownId = this.idOf(options.unknownToken);
    const { offsets, pool, size } = vocabulary;
    let longest = 0;
    for (let id = 0; id < size; id++) {
      let points = 0;
      for (let at = offsets[id]!; at < offsets[id + 1]!; at++) if (!isContinuation(pool[at]!)) points++;
      longest = Math.max(longest, points);
    }
    this.#longest = longest;
  }

  get options(): WordPieceOptions {
    return this.#options;
  }

  tokenize(piece: AlignedText, emit: EmitToken): void {
    const matches = this.match(piece);
    if (matches) {
      for (const { id, from, to } of matches) emit(id, 4 * from, 4 * to);
      return;
    }
    if (this.unknownId === undefined) throw noUnknownToken(piece.text, this.#options.unknownToken);
    emit(this.unknownId, 0, 4 * piece.length);
  }

  /** The greedy matches of a word; undefined where the word is unknown. */
  match(piece: AlignedText): WordPieceMatch[] | undefined {
    const matches = this.matches(piece);
    return (matches.at(-1)?.to ?? 0) === piece.length ? matches : undefined;
  }

  /** The greedy matches of a word up to where nothing fits; none of a word that is too long. */
  matches(piece: AlignedText): WordPieceMatch[] {
    const matches: WordPieceMatch[] = [];
    if (piece.length > this.#options.maxCharacters) return matches;
    for (let from = 0; from < piece.length; ) {
      const next = this.#longestAt(piece, from);
      if (!next) return matches;
      matches.push(next);
      from = next.to;
    }
    return matches;
  }

  #longestAt(piece: AlignedText, from: number): WordPieceMatch | undefined {
    return this.matchesAt(piece, from).next().value;
  }

  /** The tokens that could continue a word at a place, the longest first. */
  *matchesAt(piece: AlignedText, from: number): Generator<WordPieceMatch, undefined> {
    const prefix = from > 0 ? this.#options.prefix : '';
    for (let to = Math.min(piece.length, from + this.#longest); to > from; to--) {
      const id = this.idOf(prefix + stringOf(piece.points.subarray(from, to)));
      if (id !== undefined) yield { id, from, to };
    }
    return undefined;
  }
}
