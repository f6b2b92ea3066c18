import type { AlignedText } from '../aligned-text';
import type { Steps } from '../files/steps';
import type { OnMerge } from '../traces-merges';
import type { Vocabulary } from '../vocabulary';

/**
 * Receives tokens: id, and what of the piece they cover, `[from, to)`, in quarters of a point: byte tokens cover
 * a part of a point, `4 * point + byte`.
 */
export type EmitToken = (id: number, from: number, to: number) => void;

/** Turns one piece of text into tokens. */
export interface TokenModel {
  tokenize(piece: AlignedText, emit: EmitToken): void;
  /** The same in small steps, for pieces of any length; absent where `tokenize` is always quick. */
  tokenizeInSteps?(piece: AlignedText, emit: EmitToken): Steps<void>;
  /** The unknown token; absent where the vocabulary has none. */
  readonly unknownId?: number | undefined;
  /** Ids are below this. */
  readonly size: number;
  /** The tokens, as UTF-8, by id. */
  readonly vocabulary: Vocabulary;
  /** The token with an id; undefined in holes and out of range. */
  tokenOf(id: number): string | undefined;
  idOf(token: string): number | undefined;
}

/** Which symbols merge to what, and in which order. */
export interface MergeRules {
  /** The place of the merge of two symbols; -1 where they do not merge. */
  find(left: number, right: number): number;
  /** The rank of the merge at a place: lower ones come first. */
  rankAt(place: number): number;
  /** What the merge at a place makes. */
  mergedAt(place: number): number;
}

/** A model whose tokens come about by merges. */
export interface MergingModel extends TokenModel {
  /**
   * How a word's symbols became its tokens.
   * @param onMerge receives the merges in the order in which they happen
   * @returns the symbols, flat: id, from, to (in quarters of a point)
   */
  trace(word: AlignedText, onMerge: OnMerge): Int32Array;
  /** Whether a character's symbol depends on its place in the word. */
  readonly hasAffixes?: boolean;
  /** The id of a piece that is taken whole, before any merge. */
  wholeId(piece: AlignedText): number | undefined;
  /** The words of a piece that no merge crosses. */
  words(piece: AlignedText): AlignedText[];
}
