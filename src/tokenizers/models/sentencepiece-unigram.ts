import { encodeUtf8 } from '../../core/text/utf8';
import type { AlignedText } from '../aligned-text';
import type { Steps } from '../files/steps';
import type { EmitToken } from './model';
import { PointTrie } from './point-trie';
import type { Pieces } from './sentencepiece-pieces';
import { UNKNOWN_PENALTY, UnigramModel } from './unigram';

/** The largest number of single precision, where no piece has a score. */
const FLT_MAX = 3.4028234663852886e38;

/** SentencePiece's Unigram model (unigram_model.cc, version 0.2.3). */
export class SentencePieceUnigram extends UnigramModel {
  readonly #pieces: Pieces;

  private constructor(pieces: Pieces, trie: PointTrie, scores: Float64Array, unknownScore: number) {
    super(pieces.vocabulary, trie, scores, pieces.unknown, pieces.byteFallback, unknownScore);
    this.#pieces = pieces;
  }

  /**
   * Builds the model in small steps.
   * @param scores as in the file
   * @param userDefined ids, whose scores are bonuses for their length
   */
  static *inSteps(
    pieces: Pieces,
    scores: Float64Array,
    userDefined: readonly number[],
  ): Steps<SentencePieceUnigram> {
    const { offsets } = pieces.vocabulary;
    const isOwn = new Set(userDefined);
    const isUsed = (id: number) => pieces.isTextual(id) && !pieces.isUnused(id);
    let lowest = FLT_MAX;
    const bonuses = scores.map((score, id) => {
      if (isOwn.has(id)) return Math.fround(0.1 * (offsets[id + 1]! - offsets[id]! - 1));
      if (isUsed(id)) lowest = Math.min(lowest, score);
      return score;
    });
    const trie = yield* PointTrie.inSteps(pieces.vocabulary, isUsed);
    return new SentencePieceUnigram(pieces, trie, bonuses, Math.fround(lowest - UNKNOWN_PENALTY));
  }

  get pieces(): Pieces {
    return this.#pieces;
  }

  protected override withScores(scores: Float64Array): SentencePieceUnigram {
    let lowest = FLT_MAX;
    scores.forEach((score, id) => {
      const isNormal = this.#pieces.isTextual(id) && !this.#pieces.isUnused(id);
      if (isNormal && !this.#pieces.userDefined.has(id) && score > Number.NEGATIVE_INFINITY) {
        lowest = Math.min(lowest, score);
      }
    });
    return new SentencePieceUnigram(this.#pieces, this.trie, scores, Math.fround(lowest - UNKNOWN_PENALTY));
  }

  /** Of all pieces, also those that no text becomes. */
  override idOf(piece: string): number | undefined {
    const bytes = encodeUtf8(piece);
    const id = this.vocabulary.find(bytes, 0, bytes.length);
    return id < 0 ? undefined : id;
  }

  override tokenize(piece: AlignedText, emit: EmitToken): void {
    const writer = this.#pieces.writer(piece, emit);
    for (const [id, from, to] of this.bestPath(piece)) writer.push(id, from, to);
    writer.flush();
  }
}
