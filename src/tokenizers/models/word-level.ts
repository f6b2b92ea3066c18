import type { AlignedText } from '../aligned-text';
import type { Vocabulary } from '../vocabulary';
import type { EmitToken, TokenModel } from './model';
import { noUnknownToken } from './no-unknown-token';
import { TokenTable } from './token-table';

/** Whole words from a list; all others are the unknown token. */
export class WordLevelModel extends TokenTable implements TokenModel {
  readonly #unknown: number | undefined;

  constructor(vocabulary: Vocabulary, unknown: number | undefined) {
    super(vocabulary);
    this.#unknown = unknown;
  }

  get unknownId(): number | undefined {
    return this.#unknown;
  }

  tokenize(piece: AlignedText, emit: EmitToken): void {
    const id = this.idOf(piece.text) ?? this.#unknown;
    if (id === undefined) throw noUnknownToken(piece.text);
    emit(id, 0, 4 * piece.length);
  }
}
