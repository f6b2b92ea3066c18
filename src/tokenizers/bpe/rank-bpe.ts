import type { CompiledVocabulary, Vocabulary } from '../vocabulary';
import { BacktrackingBpe } from './backtracking';
import { ByteMerging } from './byte-merging';
import { RankMerges } from './merges';
import { MostlyOrderedBpe } from './mostly-ordered';
import type { PieceBpe } from './piece-encoder';

/** The fastest byte-pair encoding that is right for a vocabulary whose ids are merge ranks. */
export function rankBpe(ranks: CompiledVocabulary): PieceBpe {
  const { vocabulary, isOrdered } = ranks;
  if (isOrdered) return new BacktrackingBpe(vocabulary, new RankMerges(ranks));
  return hasAllBytes(vocabulary) ? new MostlyOrderedBpe(ranks) : new ByteMerging(vocabulary);
}

/** Whether every single byte is a token. */
export function hasAllBytes(vocabulary: Vocabulary): boolean {
  for (let byte = 0; byte < 256; byte++) if (vocabulary.find(Uint8Array.of(byte), 0, 1) < 0) return false;
  return true;
}
