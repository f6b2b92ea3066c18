import type { AlignedText } from '../aligned-text';
import type { Steps } from '../files/steps';
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
