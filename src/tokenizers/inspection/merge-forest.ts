import type { Tokenizer } from '../../core/text/tokens';

/** The last merge of every token, both ways. */
export interface MergeForest {
  /** By id: the two tokens of its last merge; -1 for symbols and tokens that merges do not make. */
  readonly lefts: Int32Array;
  readonly rights: Int32Array;
  /** Whether the model merges at all. */
  readonly merges: boolean;
  /** The tokens whose last merge takes `id`: `children[firsts[id], firsts[id + 1])`, ascending. */
  readonly firsts: Uint32Array;
  readonly children: Uint32Array;
}

/** Reads the merges of a vocabulary, in steps; yields the share done. */
export function* readForest(tokenizer: Tokenizer, size: number): Generator<number, MergeForest> {
  const lefts = new Int32Array(size).fill(-1);
  const rights = new Int32Array(size).fill(-1);
  const firsts = new Uint32Array(size + 1);
  let merges = false;
  for (let id = 0; id < size; id++) {
    const merged = tokenizer.merged?.(id);
    if (merged) merges = true;
    if (merged?.halves) {
      const [left, right] = merged.halves;
      lefts[id] = left;
      rights[id] = right;
      firsts[left + 1]!++;
      if (right !== left) firsts[right + 1]!++;
    }
    if ((id & 255) === 255) yield id / size;
  }
  for (let id = 0; id < size; id++) firsts[id + 1]! += firsts[id]!;
  const children = new Uint32Array(firsts[size]!);
  const next = firsts.slice(0, size);
  for (let id = 0; id < size; id++) {
    const left = lefts[id]!;
    if (left < 0) continue;
    const right = rights[id]!;
    children[next[left]!++] = id;
    if (right !== left) children[next[right]!++] = id;
  }
  return { lefts, rights, merges, firsts, children };
}

/** The tokens whose last merge takes this one. */
export function childrenOf({ firsts, children }: MergeForest, id: number): Uint32Array {
  return children.subarray(firsts[id]!, firsts[id + 1]!);
}
