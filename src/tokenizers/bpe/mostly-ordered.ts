import type { TilingWriter } from '../token-writer';
import type { MergeRecorder } from '../traces-merges';
import type { CompiledVocabulary, Vocabulary } from '../vocabulary';
import { BacktrackingBpe } from './backtracking';
import { ByteMerging } from './byte-merging';
import { RankMerges } from './merges';
import type { PieceBpe, PieceRun } from './piece-encoder';
import { TokenSearch } from './token-search';

/**
 * Byte-pair encoding for a vocabulary with a few tokens that are made of tokens of higher rank (90 of Llama 3's
 * 128,000). A token that does not occur in a piece cannot come out of a merge there, so a piece in which none of these
 * occurs has the same tokens as in the vocabulary without them and without the longer tokens made of them. That one is
 * in order, and `BacktrackingBpe` is right for it. The other pieces are merged as tiktoken does it.
 */
export class MostlyOrderedBpe implements PieceBpe {
  readonly vocabulary: Vocabulary;
  readonly #merging: ByteMerging;
  readonly #backtracking: BacktrackingBpe;
  readonly #suspects: readonly number[];
  readonly #suspected: TokenSearch;
  #outOfOrder: TokenSearch | undefined;

  /** @param ranks has a token for every single byte */
  constructor(ranks: CompiledVocabulary) {
    this.vocabulary = ranks.vocabulary;
    this.#merging = new ByteMerging(ranks.vocabulary);
    this.#backtracking = new BacktrackingBpe(ranks.vocabulary, new RankMerges(ranks));
    this.#suspects = unmade(ranks);
    this.#suspected = new TokenSearch(ranks.vocabulary, this.#suspects);
  }

  encode(bytes: Uint8Array, start: number, end: number, out: TilingWriter): void {
    const bpe = this.#hasOutOfOrder(bytes, start, end, end) ? this.#merging : this.#backtracking;
    bpe.encode(bytes, start, end, out);
  }

  run(bytes: Uint8Array, start: number, end: number): PieceRun {
    let searched = start;
    let run: PieceRun | undefined;
    const advance = (budget: number, out: TilingWriter) => {
      if (run) return run.advance(budget, out);
      const to = Math.min(end, searched + budget);
      if (this.#hasOutOfOrder(bytes, searched, to, end)) run = this.#merging.run(bytes, start, end);
      else if (to === end) run = this.#backtracking.run(bytes, start, end);
      searched = to;
      return false;
    };
    return { advance };
  }

  record(id: number, start: number, recorder: MergeRecorder): void {
    this.#merging.record(id, start, recorder);
  }

  /** Whether a token that is made of tokens of higher rank starts in `bytes[from, to)` and ends by `end`. */
  #hasOutOfOrder(bytes: Uint8Array, from: number, to: number, end: number): boolean {
    if (!this.#suspected.occurs(bytes, from, to, end)) return false;
    // Most suspects never come out of merges at all, but telling takes time, and few texts have any.
    this.#outOfOrder ??= new TokenSearch(
      this.vocabulary,
      this.#suspects.filter((id) => this.#isMade(id)),
    );
    return this.#outOfOrder.occurs(bytes, from, to, end);
  }

  /** Whether a token comes out of merges of any rank. */
  #isMade(id: number): boolean {
    const { offsets, pool, size } = this.vocabulary;
    const end = offsets[id + 1]!;
    return this.#merging.divide(pool, offsets[id]!, end, size)[0] === end;
  }
}

/** The tokens that do not come out of merges of lower rank alone. */
function unmade({ vocabulary, leftLengths }: CompiledVocabulary): number[] {
  const { offsets, size } = vocabulary;
  const ids: number[] = [];
  for (let id = 0; id < size; id++) {
    if (leftLengths[id] === 0 && offsets[id + 1]! - offsets[id]! > 1) ids.push(id);
  }
  return ids;
}
