import { utf8LengthOfLead } from '../models/utf8-points';
import type { Vocabulary } from '../vocabulary';

/** The merges of a vocabulary in their most compact form: for most tokens only one merge matters. */
export interface CanonicalMerges {
  /** By id: bytes of the left half of the one merge that makes the token; 0 where none or several do. */
  readonly leftLengths: Uint16Array;
  /** By id: that merge's rank among all that are kept. */
  readonly ranks: Int32Array;
  /** Merges of tokens that several make, flat: rank, left, right, merged. */
  readonly irregular: Int32Array;
  /** Whether both halves of every other merge are characters or come out of regular merges of lower rank. */
  readonly isRegular: boolean;
}

const pairKey = (left: number, right: number) => left * 0x1000000 + right;

/**
 * Finds for every token the one merge that makes it, by merging its characters with all merges of lower
 * rank: what is left is two halves, and no other merge of the token ever happens. Where more is left
 * (SentencePiece's user-defined runs of spaces come before the shorter runs that they are made of), all merges of
 * the token are kept as irregular.
 * @param merges left, right, merged, flat, in rank order
 * @param hasAffixes whether a character is spelled differently within a word: then nothing can be left out
 */
export function canonicalMerges(
  vocabulary: Vocabulary,
  merges: Int32Array,
  hasAffixes: boolean,
): CanonicalMerges {
  const { size } = vocabulary;
  const leftLengths = new Uint16Array(size);
  const ranks = new Int32Array(size);
  const rankOfPair = new Map<number, number>();
  const ranksByToken = new Map<number, number[]>();
  for (let rank = 0; 3 * rank < merges.length; rank++) {
    rankOfPair.set(pairKey(merges[3 * rank]!, merges[3 * rank + 1]!), rank);
    const merged = merges[3 * rank + 2]!;
    const own = ranksByToken.get(merged);
    if (own) own.push(rank);
    else ranksByToken.set(merged, [rank]);
  }
  const known = new Map<number, { rank: number; merged: number }>();
  const irregular: number[] = [];
  for (const [merged, own] of ranksByToken) {
    const parts = hasAffixes ? [] : mergedCharacters(vocabulary, merged, known);
    const key = parts.length === 2 ? pairKey(parts[0]!, parts[1]!) : -1;
    const rank = rankOfPair.get(key);
    if (rank !== undefined) {
      ranks[merged] = rank;
      leftLengths[merged] = lengthOf(vocabulary, parts[0]!);
      known.set(key, { rank, merged });
    } else {
      for (const each of own) {
        const [left, right] = [merges[3 * each]!, merges[3 * each + 1]!];
        irregular.push(each, left, right, merged);
        const pair = pairKey(left, right);
        known.set(pair, { rank: rankOfPair.get(pair)!, merged });
      }
    }
  }
  const dense = densely({ leftLengths, ranks, irregular: Int32Array.from(irregular) });
  return { ...dense, isRegular: areRegular(vocabulary, dense) };
}

type Merges = Omit<CanonicalMerges, 'isRegular'>;

function lengthOf({ offsets }: Vocabulary, id: number): number {
  return offsets[id + 1]! - offsets[id]!;
}

/** The characters of a token after all merges known so far, as ids; -1 for a character that is not a token. */
function mergedCharacters(
  vocabulary: Vocabulary,
  id: number,
  known: ReadonlyMap<number, { rank: number; merged: number }>,
): number[] {
  const { pool, offsets } = vocabulary;
  const parts: number[] = [];
  for (let at = offsets[id]!; at < offsets[id + 1]!; ) {
    const end = at + utf8LengthOfLead(pool[at]!);
    parts.push(vocabulary.find(pool, at, end));
    at = end;
  }
  for (;;) {
    let best: { rank: number; merged: number } | undefined;
    let at = -1;
    for (let i = 0; i + 1 < parts.length; i++) {
      if (parts[i]! < 0 || parts[i + 1]! < 0) continue;
      const merge = known.get(pairKey(parts[i]!, parts[i + 1]!));
      if (!merge || (best && merge.rank >= best.rank)) continue;
      best = merge;
      at = i;
    }
    if (!best) return parts;
    parts.splice(at, 2, best.merged);
  }
}

/** Renumbers ranks without the merges left out: then neighbours in id order mostly differ by one, and pack well. */
function densely({ leftLengths, ranks, irregular }: Merges): Merges {
  const kept: number[] = [];
  for (let i = 0; i < irregular.length; i += 4) kept.push(irregular[i]!);
  for (const [id, length] of leftLengths.entries()) if (length > 0) kept.push(ranks[id]!);
  const dense = new Map(kept.sort((a, b) => a - b).map((rank, i) => [rank, i]));
  return {
    leftLengths,
    ranks: ranks.map((rank, id) => (leftLengths[id]! > 0 ? dense.get(rank)! : 0)),
    irregular: irregular.map((value, i) => (i % 4 === 0 ? dense.get(value)! : value)),
  };
}

/** Then tokens in the order of their merges can be encoded by backtracking. */
function areRegular(vocabulary: Vocabulary, { leftLengths, ranks, irregular }: Merges): boolean {
  const { pool, offsets, size } = vocabulary;
  const odd = new Set<number>();
  for (let i = 3; i < irregular.length; i += 4) odd.add(irregular[i]!);
  const isRegular = (start: number, end: number, rank: number) => {
    const part = vocabulary.find(pool, start, end);
    if (part < 0 || odd.has(part)) return false;
    return leftLengths[part]! > 0 ? ranks[part]! < rank : utf8LengthOfLead(pool[start]!) === end - start;
  };
  for (let id = 0; id < size; id++) {
    if (leftLengths[id] === 0) continue;
    const [start, end] = [offsets[id]!, offsets[id + 1]!];
    const middle = start + leftLengths[id]!;
    if (!isRegular(start, middle, ranks[id]!) || !isRegular(middle, end, ranks[id]!)) return false;
  }
  return true;
}
