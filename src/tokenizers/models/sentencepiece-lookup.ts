import type { AlignedText } from '../aligned-text';
import type { EmitToken, TokenModel } from './model';
import type { Pieces } from './sentencepiece-pieces';
import { TokenTable } from './token-table';

const MARK = 0x2581;

/** SentencePiece's CHAR and WORD models: each character, or each word with the space before it, is a piece. */
export class SentencePieceLookup extends TokenTable implements TokenModel {
  readonly #pieces: Pieces;
  readonly #byWord: boolean;

  constructor(pieces: Pieces, byWord: boolean) {
    super(pieces.vocabulary);
    this.#pieces = pieces;
    this.#byWord = byWord;
  }

  get unknownId(): number | undefined {
    return this.#pieces.unknown;
  }

  tokenize(piece: AlignedText, emit: EmitToken): void {
    const { points } = piece;
    const writer = this.#pieces.writer(piece, emit);
    for (let from = 0; from < points.length; ) {
      const to = this.#byWord
        ? wordEnd(points, from)
        : from + (this.#pieces.symbols?.lengthAt(points, from) || 1);
      writer.push(this.#pieces.find(points, from, to), from, to);
      from = to;
    }
    writer.flush();
  }
}

/** Every mark begins a word. */
function wordEnd(points: Uint32Array, from: number): number {
  const next = points.indexOf(MARK, from + 1);
  return next < 0 ? points.length : next;
}
