import type { MergePlayed, MergePosition } from '../../core/text/vocabulary-cut';
import { countBelow, type Growth } from './growth';
import type { MergeHistories } from './merge-histories';

/** How merges are shown. */
export interface NamedMerges {
  /** The bytes of a symbol. */
  bytesOf(id: number): Uint8Array;
  /** The place of a merge of a rank in the tokenizer's list, from 1. */
  numberOf(rank: number): number;
}

/** One kind of merge of a text. */
interface Kind {
  readonly order: number;
  readonly rank: number;
  readonly id: number;
  readonly leftId: number;
  readonly rightId: number;
  /** In which turn it comes, of those of one order. */
  readonly turn: number;
  places: number;
}

/**
 * The merges of a text in the order in which they come in as the vocabulary grows.
 * @param times how often each word occurs
 * @returns what tells where a size is among them
 */
export function playedMerges(
  histories: MergeHistories,
  times: Uint32Array,
  growth: Growth,
  naming: NamedMerges,
): (size: number) => MergePosition {
  const kinds = [...collected(histories, times)].sort((a, b) => a.order - b.order || a.turn - b.turn);
  const sizes: number[] = [];
  /** By size: the first of its kinds. */
  const firsts: number[] = [];
  kinds.forEach(({ order }, i) => {
    const size = growth.sizeWith(order);
    if (size === sizes.at(-1)) return;
    sizes.push(size);
    firsts.push(i);
  });
  const shown = ({ rank, id, leftId, rightId, places }: Kind): MergePlayed => ({
    number: naming.numberOf(rank),
    left: leftId < 0 ? null : naming.bytesOf(leftId),
    right: rightId < 0 ? null : naming.bytesOf(rightId),
    made: naming.bytesOf(id),
    places,
  });
  return (size) => {
    const reached = countBelow(sizes, size + 1);
    return {
      reached,
      count: sizes.length,
      previous: reached === 0 ? null : reached === 1 ? growth.smallest : sizes[reached - 2]!,
      next: sizes[reached] ?? null,
      last: reached === 0 ? [] : kinds.slice(firsts[reached - 1], firsts[reached] ?? kinds.length).map(shown),
    };
  };
}

function collected(histories: MergeHistories, times: Uint32Array): Iterable<Kind> {
  const kinds = new Map<string | number, Kind>();
  for (let word = 0; word < times.length; word++) {
    let turn = 0;
    histories.replay(word, (order, rank, id, leftId, rightId) => {
      turn++;
      // Nearly always a pair merges at one time only, and a number is found sooner than a string.
      const isPlain = order === rank && leftId >= 0 && leftId < 2 ** 26 && rightId < 2 ** 26;
      const key = isPlain ? leftId * 2 ** 26 + rightId : `${order} ${rank} ${leftId} ${rightId} ${id}`;
      const known = kinds.get(key);
      if (known) known.places += times[word]!;
      else kinds.set(key, { order, rank, id, leftId, rightId, turn, places: times[word]! });
    });
  }
  return kinds.values();
}
