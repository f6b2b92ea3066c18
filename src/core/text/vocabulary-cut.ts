/** By what a cut keeps the entries of a vocabulary: the first merges, the best scores, or the first in its order. */
export type CutOrder = 'merges' | 'scores' | 'order';

/** How far a vocabulary can be cut. */
export interface VocabularyExtent {
  readonly by: CutOrder;
  /**
   * Entries that every cut keeps: single bytes or characters, special and added tokens, byte tokens, and what neither
   * merges nor scores bring in.
   */
  readonly smallest: number;
  /** All entries. */
  readonly largest: number;
}

/** How many tokens a text has, by the size of the vocabulary. */
export interface CutCurve extends VocabularyExtent {
  /** Entries, ascending. */
  readonly sizes: readonly number[];
  /** Tokens of the text with each of the sizes. */
  readonly counts: readonly number[];
}

/** One kind of merge in a text. */
export interface MergePlayed {
  /** Its place in the tokenizer's list of merges, from 1. */
  readonly number: number;
  /** Bytes of the two tokens, and of what they become. `left` is null where a piece is taken whole, without a merge. */
  readonly left: Uint8Array | null;
  readonly right: Uint8Array | null;
  readonly made: Uint8Array;
  /** How often it happens. */
  readonly places: number;
}

/** Where a cut is among the merges that happen in a text. */
export interface MergePosition {
  /** Sizes at which something merges: how many have been reached, and how many there are. */
  readonly reached: number;
  readonly count: number;
  /** The sizes before and after; null at the ends. Before the first one is the smallest. */
  readonly previous: number | null;
  readonly next: number | null;
  /** What merged last; empty before the first. A merge that it made possible, of lower rank, follows it. */
  readonly last: readonly MergePlayed[];
}

/** A vocabulary that has been cut. */
export interface CutState extends VocabularyExtent {
  /** Entries that are left: no more than were asked for, and fewer where some can only go together. */
  readonly size: number;
  /** How many of the list's merges are left; absent where there is no list. */
  readonly merges?: number | undefined;
  /** Absent where nothing merges. */
  readonly position?: MergePosition | undefined;
}

/** A segmentation and how likely it is, under a cut Unigram vocabulary. */
export interface RankedSegmentation {
  /** Sum of the log probabilities. */
  readonly score: number;
  readonly tokens: readonly { readonly start: number; readonly end: number; readonly name: string }[];
}

/** The most likely segmentations of one piece of a text, best first. */
export interface BestSegmentations {
  readonly start: number;
  readonly end: number;
  readonly best: readonly RankedSegmentation[];
}

/**
 * Sizes from `smallest` to `largest`, both included, at which a curve is worth knowing: about half of `count` evenly
 * spaced on a logarithmic scale, and half of them where the entries that come in first are, which change most.
 */
export function curveSizes(smallest: number, largest: number, count: number): number[] {
  const from = Math.max(1, smallest);
  const learned = largest - smallest;
  const sizes = new Set([smallest, largest]);
  const half = Math.max(2, count >> 1);
  for (let i = 1; i < half; i++) {
    sizes.add(Math.round(from * (largest / from) ** (i / half)));
    sizes.add(smallest + Math.round(learned ** (i / half)));
  }
  return [...sizes].filter((size) => size >= smallest && size <= largest).sort((a, b) => a - b);
}
