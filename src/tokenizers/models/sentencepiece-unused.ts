import { MergeQueue } from './merge-queue';
import type { MergeRules } from './model';
import type { Pieces } from './sentencepiece-pieces';

/** How deep pieces are taken apart; what is below stays as it is. */
const DEEPEST = 100;

/**
 * Merges as SentencePiece does where pieces are marked as unused: they take part in merges, and are taken apart in the
 * end. Which halves a piece is taken apart into, the whole text decides: those that could be merged to it last, at
 * whichever place.
 * @param ids the symbols, which end at `ends` (in quarters of a point); overwritten
 * @returns the symbols that are left as id, from, to; flat. Unused pieces among them are unknown
 */
export function mergeWithUnused(
  merges: MergeRules,
  pieces: Pieces,
  ids: number[],
  ends: number[],
): Int32Array {
  const count = ids.length;
  const next = Int32Array.from(ids, (_, i) => (i + 1 < count ? i + 1 : -1));
  const previous = Int32Array.from(ids, (_, i) => i - 1);
  const halves = new Map<number, readonly [number, number]>();
  /** Of symbols that were merged, how many quarters of a point they have. */
  const lengths = new Map<number, number>();
  for (const [i, id] of ids.entries()) lengths.set(id, ends[i]! - (i > 0 ? ends[i - 1]! : 0));
  const queue = new MergeQueue();
  const offer = (left: number) => {
    const right = next[left]!;
    if (left < 0 || right < 0) return;
    const merged = merges.find(ids[left]!, ids[right]!);
    if (merged < 0) return;
    queue.push(merges.rankAt(merged), left);
    if (pieces.isUnused(merged)) halves.set(merged, [ids[left]!, ids[right]!]);
  };
  for (let i = 0; i < count; i++) offer(i);
  while (!queue.isEmpty) {
    const rank = queue.topRank;
    const left = queue.pop();
    const right = ids[left]! < 0 ? -1 : next[left]!;
    if (right < 0) continue;
    const merged = merges.find(ids[left]!, ids[right]!);
    if (merged < 0 || merges.rankAt(merged) !== rank) continue;
    lengths.set(merged, lengths.get(ids[left]!)! + lengths.get(ids[right]!)!);
    ids[left] = merged;
    ids[right] = -1;
    ends[left] = ends[right]!;
    next[left] = next[right]!;
    if (next[left]! >= 0) previous[next[left]!] = left;
    if (previous[left]! >= 0) offer(previous[left]!);
    offer(left);
  }
  const out: number[] = [];
  let at = 0;
  const write = (id: number, depth: number): void => {
    const parts = depth <= DEEPEST && pieces.isUnused(id) ? halves.get(id) : undefined;
    if (parts) {
      for (const part of parts) write(part, depth + 1);
      return;
    }
    out.push(id, at, at + lengths.get(id)!);
    at += lengths.get(id)!;
  };
  for (let i = count > 0 ? 0 : -1; i >= 0; i = next[i]!) write(ids[i]!, 0);
  return Int32Array.from(out);
}
