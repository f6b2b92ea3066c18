import type { TokenSequence } from './token-sequence';

/**
 * How byte-pair encoding came from a text's smallest symbols to its tokens: "the token-count slider for text".
 * Merge i is entry i of four arrays. They are in the order in which the text as a whole would be merged: the
 * lowest rank first, and equal merges from left to right.
 */
export interface MergeTrace {
  readonly kind: 'merges';
  /** The text before any merge. Spans are those before a post-processor trims them. */
  readonly symbols: TokenSequence;
  /** Place in the tokenizer's list of merges (ids, where ids are ranks). */
  readonly ranks: Uint32Array;
  /** What the two tokens become. */
  readonly ids: Uint32Array;
  /** Indices into the symbols: where the left token begins, and where the right one does. */
  readonly lefts: Uint32Array;
  readonly rights: Uint32Array;
}

/** One merge of two neighbouring tokens. */
export interface MergeStep {
  /** Its index in the trace. */
  readonly index: number;
  readonly rank: number;
  /** The two tokens, and what they become. */
  readonly leftId: number;
  readonly rightId: number;
  readonly id: number;
  /** Where both begin, as indices of symbols. */
  readonly left: number;
  readonly right: number;
}

/** A partly merged text, and for each token the index of its first symbol. */
export interface MergeState extends TokenSequence {
  readonly firsts: Uint32Array;
}

/** The text after the first `count` merges; 0 gives the symbols, `trace.ids.length` the tokens. Linear time. */
export function stateAfter(trace: MergeTrace, count: number): MergeState {
  const { symbols, lefts, rights } = trace;
  const ids = symbols.ids.slice();
  const ends = symbols.ends.slice();
  const gone = new Uint8Array(ids.length);
  const applied = Math.min(Math.max(0, count), trace.ids.length);
  for (let i = 0; i < applied; i++) {
    const left = lefts[i]!;
    const right = rights[i]!;
    ids[left] = trace.ids[i]!;
    ends[left] = ends[right]!;
    gone[right] = 1;
  }
  const starts = symbols.starts.slice();
  const firsts = new Uint32Array(ids.length - applied);
  let kept = 0;
  for (let i = 0; i < ids.length; i++) {
    if (gone[i] === 1) continue;
    ids[kept] = ids[i]!;
    starts[kept] = starts[i]!;
    ends[kept] = ends[i]!;
    firsts[kept++] = i;
  }
  return { ids: ids.slice(0, kept), starts: starts.slice(0, kept), ends: ends.slice(0, kept), firsts };
}

/**
 * The merges that formed one token, in order.
 * @param from index of the token's first symbol; @param to one past that of its last
 */
export function mergesWithin(trace: MergeTrace, from: number, to: number): MergeStep[] {
  const now = trace.symbols.ids.slice(from, to);
  const steps: MergeStep[] = [];
  for (let index = 0; index < trace.ids.length; index++) {
    const left = trace.lefts[index]!;
    const right = trace.rights[index]!;
    if (left < from || right >= to) continue;
    const id = trace.ids[index]!;
    steps.push({
      ...{ index, rank: trace.ranks[index]!, id, left, right },
      leftId: now[left - from]!,
      rightId: now[right - from]!,
    });
    now[left - from] = id;
  }
  return steps;
}
