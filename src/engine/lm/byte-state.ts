import type { Prefix } from './language-model';
import type { Span } from './spelled-tokens';

/**
 * What a model over tokens says of the next byte of a text. It is a value: reading a byte gives another one, so that one
 * text can be continued in many ways.
 */
export interface ByteState {
  /** The probability of each next byte. Do not change it. */
  readonly next: Float64Array;
  /** The probability that the next byte lies within a token that has begun. */
  readonly inside: number;
  /** -log2 of the probability of all bytes read since the first state. */
  readonly bits: number;
  /** Distributions of tokens that the model was asked for since, those of the first state among them. */
  readonly calls: number;
  readonly covers: readonly Covers[];
}

/** Covers that share all tokens but the last one. */
export interface Covers {
  /** What stands before the last token. */
  readonly prefix: Prefix;
  /** What `chances` are multiplied with, so that those of all covers together sum to 1. */
  readonly weight: number;
  /** How likely each last token is behind that, in the order of spellings; 0 for what makes no encoding. */
  readonly chances: Float64Array;
  /** Bytes of the last token that have been read, 0 where it only begins now. */
  readonly depth: number;
  /** The last tokens that have begun with these bytes. */
  readonly span: Span;
}

/** A token that a text goes on with. */
export interface DrawnToken {
  /** All tokens up to it. */
  readonly prefix: Prefix;
  readonly bytes: Uint8Array;
  /** How many of its bytes had been read before. */
  readonly read: number;
}

/** A state and the byte that it reads. */
export interface ByteStep {
  readonly state: ByteState;
  readonly byte: number;
}
