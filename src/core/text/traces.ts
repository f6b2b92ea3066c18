import type { MergeTrace } from './merge-trace';
import type { EncodeOptions } from './token-sequence';

/** How a tokenizer came to its tokens, by the kind of its model. */
export type TextTrace = MergeTrace | LatticeTrace | GreedyTrace;

/** Options of `Tokenizer.trace`. */
export interface TraceOptions extends Pick<EncodeOptions, 'special'> {
  /** Only the piece that holds this byte. Merges are always those of the whole text. */
  readonly at?: number;
  /** How many of the best segmentations of a piece to give, of a Unigram model. Default 5. */
  readonly best?: number;
}

/** A token that could be at a place. Spans are bytes of the original text. */
export interface LatticeToken {
  readonly id: number;
  readonly start: number;
  readonly end: number;
  /** Log probability; of an unknown character, what it costs. */
  readonly score: number;
}

/** A segmentation of a piece: tokens as indices of its lattice, and the sum of their scores. */
export interface Segmentation {
  readonly score: number;
  readonly tokens: readonly number[];
}

/** A Unigram model's view of one piece of the text; pieces end where no token could span. */
export interface LatticePiece {
  readonly start: number;
  readonly end: number;
  /** All tokens that could be somewhere in it, by where they begin. */
  readonly tokens: readonly LatticeToken[];
  /** The best segmentations, best first; the first is the one in use. */
  readonly best: readonly Segmentation[];
}

/** Unigram (Kudo 2018): all possible tokens of a text, and the most likely segmentations. */
export interface LatticeTrace {
  readonly kind: 'lattice';
  readonly pieces: readonly LatticePiece[];
}

/** One word in WordPiece's search. */
export interface GreedyWord {
  readonly start: number;
  readonly end: number;
  /** The longest tokens that fit, one after another. */
  readonly matches: readonly { readonly id: number; readonly start: number; readonly end: number }[];
  /** Whether the matches cover the word; if not, nothing fits after the last one and the whole word is unknown. */
  readonly known: boolean;
}

/** WordPiece: greedy matches, word by word. */
export interface GreedyTrace {
  readonly kind: 'greedy';
  readonly words: readonly GreedyWord[];
}
