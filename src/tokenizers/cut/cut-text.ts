import type { TokenSequence } from '../../core/text/token-sequence';
import type { BestSegmentations, MergePosition, VocabularyExtent } from '../../core/text/vocabulary-cut';
import type { Steps } from '../files/steps';

/** A text prepared for the cuts of one vocabulary. Sizes are numbers of entries. */
export interface CutText {
  /** How many tokens the text has with a vocabulary of this size. */
  count(size: number): Steps<number>;
  /** The tokens themselves. */
  tokens(size: number): Steps<TokenSequence>;
  /** Where a size is among the merges of this text; undefined where nothing merges. */
  position(size: number): Steps<MergePosition | undefined>;
  /** The most likely segmentations of the piece with a byte; undefined where no model tells likelihoods. */
  best(size: number, at: number, count: number): BestSegmentations | undefined;
}

/** A vocabulary that can be cut. */
export interface VocabularyCuts {
  readonly extent: VocabularyExtent;
  /** The entries that a cut to this size leaves: no more than it, and within the extent. */
  sizeAt(size: number): number;
  /** How many merges of the tokenizer's list such a cut leaves; undefined where there is no list. */
  mergesAt(size: number): number | undefined;
  /**
   * Prepares a text, whose special tokens are taken as text; yields the share done.
   * @throws TokenoscopeError `no-token` where a vocabulary has no token for a character
   */
  prepare(text: string): Steps<CutText>;
}
