import type { TokenSequence } from './tokens';

/** One merge: the tokens `[start, middle)` and `[middle, end)` of the text's bytes become token `id`. */
export interface MergeStep {
  /** Place of the merge in the order in which the tokenizer applies merges; equal where it is the same merge. */
  readonly rank: number;
  readonly id: number;
  readonly start: number;
  readonly middle: number;
  readonly end: number;
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
  const tokens = symbols.ids.length;
  const placeOf = new Map<number, number>();
  for (let i = 0; i < tokens; i++) placeOf.set(symbols.starts[i]!, i);
  const ids = symbols.ids.slice();
  const ends = symbols.ends.slice();
  const gone = new Uint8Array(tokens);
  const applied = Math.min(Math.max(0, count), steps.length);
  for (let i = 0; i < applied; i++) {
    const step = steps[i]!;
    const place = placeOf.get(step.start)!;
    ids[place] = step.id;
    ends[place] = step.end;
    gone[placeOf.get(step.middle)!] = 1;
  }
  const kept = (_: number, i: number) => gone[i] === 0;
  return { ids: ids.filter(kept), starts: symbols.starts.filter(kept), ends: ends.filter(kept) };
}
