import type { TokenSequence } from './tokens';

/** One merge of two neighbouring tokens. */
export interface MergeStep {
  /** Place of the merge in the order in which the tokenizer applies merges; equal where it is the same merge. */
  readonly rank: number;
  /** What the two become. */
  readonly id: number;
  /** Indices into the trace's symbols: where the left token begins, and where the right one does. */
  readonly left: number;
  readonly right: number;
}

/**
 * How byte-pair encoding came from a text's smallest symbols to its tokens: "the token-count slider for text".
 * Steps are in the order of the merges, and from left to right where it is the same merge.
 */
export interface MergeTrace {
  /** The text before any merge. */
  readonly symbols: TokenSequence;
  readonly steps: readonly MergeStep[];
}

/** The text after the first `count` merges; 0 gives the symbols, `trace.steps.length` the tokens. */
export function stateAfter({ symbols, steps }: MergeTrace, count: number): TokenSequence {
  const ids = symbols.ids.slice();
  const ends = symbols.ends.slice();
  const gone = new Uint8Array(ids.length);
  const applied = Math.min(Math.max(0, count), steps.length);
  for (let i = 0; i < applied; i++) {
    const { id, left, right } = steps[i]!;
    ids[left] = id;
    ends[left] = ends[right]!;
    gone[right] = 1;
  }
  const kept = (_: number, i: number) => gone[i] === 0;
  return { ids: ids.filter(kept), starts: symbols.starts.filter(kept), ends: ends.filter(kept) };
}
