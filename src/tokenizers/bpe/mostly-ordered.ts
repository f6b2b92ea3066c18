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
  readonly #search: TokenSearch;

  /** @param ranks has a token for every single byte */
  constructor(ranks: CompiledVocabulary) {
    this.vocabulary = ranks.vocabulary;
    this.#merging = new ByteMerging(ranks.vocabulary);
    this.#backtracking = new BacktrackingBpe(ranks.vocabulary, new RankMerges(ranks));
    this.#search = new TokenSearch(ranks.vocabulary, outOfOrder(ranks, this.#merging));
  }

  encode(bytes: Uint8Array, start: number, end: number, out: TilingWriter): void {
    const bpe = this.#search.occurs(bytes, start, end, end) ? this.#merging : this.#backtracking;
    bpe.encode(bytes, start, end, out);
  }

  run(bytes: Uint8Array, start: number, end: number): PieceRun {
    let searched = start;
    let run: PieceRun | undefined;
    const advance = (budget: number, out: TilingWriter) => {
      if (run) return run.advance(budget, out);
      const to = Math.min(end, searched + budget);
      if (this.#search.occurs(bytes, searched, to, end)) run = this.#merging.run(bytes, start, end);
      else if (to === end) run = this.#backtracking.run(bytes, start, end);
      searched = to;
      return false;
    };
    return { advance };
  }

  record(id: number, start: number, recorder: MergeRecorder): void {
    this.#merging.record(id, start, recorder);
  }
}

/** The tokens that come out of merges, but not out of merges of lower rank alone. */
function outOfOrder({ vocabulary, leftLengths }: CompiledVocabulary, merging: ByteMerging): number[] {
  const { offsets, pool, size } = vocabulary;
  const ids: number[] = [];
  for (let id = 0; id < size; id++) {
    const start = offsets[id]!;
    const end = offsets[id + 1]!;
    if (leftLengths[id] !== 0 || end - start < 2) continue;
    if (merging.divide(pool, start, end, size)[0] === end) ids.push(id);
  }
  return ids;
}
