import type { Steps } from '../files/steps';
import type { OnMerge } from '../traces-merges';
import { MergeQueue } from './merge-queue';
import type { MergeRules } from './model';

/** Symbols or merges between two steps. */
const STEP = 4096;

/** Symbols in order: what they are, and where they begin and end in quarters of a point. Between them may be gaps. */
export interface SymbolList {
  readonly ids: number[];
  readonly starts: number[];
  readonly ends: number[];
}

/** Symbols as id, from, to; flat. */
export function flatSymbols({ ids, starts, ends }: SymbolList): Int32Array {
  const flat = new Int32Array(ids.length * 3);
  for (let i = 0; i < ids.length; i++) {
    flat[3 * i] = ids[i]!;
    flat[3 * i + 1] = starts[i]!;
    flat[3 * i + 2] = ends[i]!;
  }
  return flat;
}

/**
 * Merges symbols until no merge is left: lowest rank first, leftmost of those. Overwrites them. In small steps; the
 * shares done are estimates.
 * @returns what is left as id, from, to; flat
 */
export function* queuedMerges(
  merges: MergeRules,
  { ids, starts, ends }: SymbolList,
  onMerge?: OnMerge,
): Steps<Int32Array> {
  const count = ids.length;
  const queue = new MergeQueue();
  const next = new Int32Array(count);
  const previous = new Int32Array(count);
  const offer = (left: number) => {
    const right = next[left]!;
    if (right < 0) return;
    const slot = merges.find(ids[left]!, ids[right]!);
    if (slot >= 0) queue.push(merges.rankAt(slot), left);
  };
  for (let i = 0; i < count; i++) {
    next[i] = i + 1 < count ? i + 1 : -1;
    previous[i] = i - 1;
    offer(i);
    if (i % STEP === STEP - 1) yield i / count / 2;
  }
  let left = count;
  for (let work = 1; !queue.isEmpty; work++) {
    if (work % STEP === 0) yield 1 - left / count / 2;
    const rank = queue.topRank;
    const first = queue.pop();
    const second = ids[first]! < 0 ? -1 : next[first]!;
    if (second < 0) continue;
    const slot = merges.find(ids[first]!, ids[second]!);
    // The symbols of a queued pair may have merged with a neighbour meanwhile.
    if (slot < 0 || merges.rankAt(slot) !== rank) continue;
    ids[first] = merges.mergedAt(slot);
    ids[second] = -1;
    left--;
    onMerge?.(rank, ids[first]!, first, second);
    ends[first] = ends[second]!;
    next[first] = next[second]!;
    if (next[first]! >= 0) previous[next[first]!] = first;
    if (previous[first]! >= 0) offer(previous[first]!);
    offer(first);
  }
  const spans = new Int32Array(3 * left);
  let at = 0;
  for (let i = count > 0 ? 0 : -1; i >= 0; i = next[i]!) {
    spans[at] = ids[i]!;
    spans[at + 1] = starts[i]!;
    spans[at + 2] = ends[i]!;
    at += 3;
  }
  return spans;
}
