import type { Vocabulary } from '../vocabulary';
import { ByteMerging } from './byte-merging';
import { hasAllBytes } from './rank-bpe';

/** The merges of a vocabulary whose ids are ranks. */
export interface RankHalves {
  /**
   * By id: bytes of the left half of the token's last merge; 0 for single bytes and for tokens that merges of lower
   * rank do not make. (Bundled vocabularies include this: compiled/rank-format.ts.)
   */
  readonly leftLengths: Uint8Array | Uint16Array;
  /**
   * Whether every token that comes out of merges is made by two tokens of lower rank, down to single bytes. It is so
   * in vocabularies that were trained; `BacktrackingBpe` needs it.
   */
  readonly isOrdered: boolean;
}

/** How the tokens of a vocabulary are made, in steps: yields the share done. */
export function* halvesByRank(vocabulary: Vocabulary): Generator<number, RankHalves> {
  const { offsets, pool, size, longest } = vocabulary;
  const leftLengths = longest > 255 ? new Uint16Array(size) : new Uint8Array(size);
  const merging = new ByteMerging(vocabulary);
  let isOrdered = hasAllBytes(vocabulary);
  let work = 0;
  for (let id = 0; id < size; id++) {
    const start = offsets[id]!;
    const end = offsets[id + 1]!;
    work += end - start;
    if (work > 16_384) {
      yield id / size;
      work = 0;
    }
    if (end - start < 2) continue;
    const [middle, second] = merging.divide(pool, start, end, id);
    if (second === end) leftLengths[id] = middle - start;
    // A token of higher rank may be in between: then tokens come out of merges that the order does not show.
    else if (isOrdered && merging.divide(pool, start, end, size)[0] === end) isOrdered = false;
  }
  return { leftLengths, isOrdered };
}
