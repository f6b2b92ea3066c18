import type { CompiledVocabulary } from '../vocabulary';
import { BacktrackingBpe } from './backtracking';
import { ByteMerging } from './byte-merging';
import { RankMerges } from './merges';
import type { PieceBpe } from './piece-encoder';

/** The fastest byte-pair encoding that is right for a vocabulary whose ids are merge ranks. */
export function rankBpe(ranks: CompiledVocabulary): PieceBpe {
  const { vocabulary, isOrdered } = ranks;
  return isOrdered ? new BacktrackingBpe(vocabulary, new RankMerges(ranks)) : new ByteMerging(vocabulary);
}
