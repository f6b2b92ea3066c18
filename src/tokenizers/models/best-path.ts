import type { AlignedText } from '../aligned-text';
import { noUnknownToken } from './no-unknown-token';
import type { PointTrie } from './point-trie';

/** SentencePiece's kScoreResetThreshold. */
const LARGE_SCORE = 100_000;

/** What tokens cost. */
export interface PathScores {
  readonly trie: PointTrie;
  /** Log probabilities, by id. */
  readonly scores: Float64Array;
  /** The token of characters without one. */
  readonly unknown: number | undefined;
  readonly unknownScore: number;
  /** Whether sums are rounded to single precision, as SentencePiece does and Hugging Face does not. */
  readonly isSingle: boolean;
}

/** By the point where a token ends: the best token, where it begins, and the best sum up to there. */
export interface BestPath {
  readonly from: Int32Array;
  readonly id: Int32Array;
  readonly best: Float64Array;
}

/**
 * The segmentation whose scores sum highest (Viterbi 1967).
 * @throws TokenoscopeError for a character without a token, where there is no unknown one
 */
export function bestPath(
  piece: AlignedText,
  { trie, scores, unknown, unknownScore, isSingle }: PathScores,
): BestPath {
  const { points, length } = piece;
  const best = new Float64Array(length + 1);
  const from = new Int32Array(length + 1).fill(-1);
  const id = new Int32Array(length + 1);
  let reached = 0;
  for (let start = 0; start < length; start++) {
    if (isSingle && Math.abs(best[start]!) > LARGE_SCORE) rebase(best, from, start, reached);
    const score = best[start]!;
    let single = false;
    let node = 0;
    for (let end = start; end < length; ) {
      node = trie.child(node, points[end]!);
      if (node < 0) break;
      end++;
      const token = trie.tokenAt(node);
      if (token < 0) continue;
      if (end === start + 1) single = true;
      if (end > reached) reached = end;
      const sum = scores[token]! + score;
      const candidate = isSingle ? Math.fround(sum) : sum;
      if (from[end]! < 0 || candidate > best[end]!) {
        best[end] = candidate;
        from[end] = start;
        id[end] = token;
      }
    }
    if (single) continue;
    if (start + 1 > reached) reached = start + 1;
    const sum = unknownScore + score;
    const candidate = isSingle ? Math.fround(sum) : sum;
    if (from[start + 1]! < 0 || candidate > best[start + 1]!) {
      // Even where a longer token avoids it later: so it is in Hugging Face's library.
      if (unknown === undefined && !isSingle) throw noUnknownToken(piece.slice(start, start + 1).text);
      best[start + 1] = candidate;
      from[start + 1] = start;
      id[start + 1] = unknown ?? -1;
    }
  }
  return { from, id, best };
}

/** SentencePiece subtracts scores this far from 0 from all that follow, to keep precision in long texts. */
function rebase(best: Float64Array, from: Int32Array, start: number, reached: number): void {
  const offset = best[start]!;
  for (let i = start; i <= reached; i++) {
    if (i === start || from[i]! >= 0) best[i] = Math.fround(best[i]! - offset);
  }
}
