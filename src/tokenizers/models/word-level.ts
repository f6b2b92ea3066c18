import type { AlignedText } from '../aligned-text';
import type { Vocabulary } from '../vocabulary';
import type { EmitToken, TokenModel } from './model';
import { noUnknownToken } from './no-unknown-token';
import { TokenTable } from './token-table';

/** Whole words from a list; all others are the unknown token. */
export class WordLevelModel extends TokenTable implements TokenModel {
  readonly #unknownToken: string;
  readonly #unknown: number | undefined;

  /** @param unknownToken without it in the vocabulary, texts with other words fail */
  constructor(vocabulary: Vocabulary, unknownToken: string) {
    super(vocabulary);
    this.#unknownToken = unknownToken;
    this.#unknown = this.idOf(unknownToken);
  }

  get unknownId(): number | undefined {
    return this.#unknown;
  }

  tokenize(piece: AlignedText, emit: EmitToken): void {
    const id = this.idOf(piece.text) ?? this.#unknown;
    if (id === undefined) throw noUnknownToken(piece.text, this.#unknownToken);
    emit(id, 0, 4 * piece.length);
  }
}
