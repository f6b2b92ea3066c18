import type { AlignedText } from '../aligned-text';

/**
 * Receives tokens: id, and what of the piece they cover, `[from, to)`, in quarters of a point: byte tokens cover
 * a part of a point, `4 * point + byte`.
 */
export type EmitToken = (id: number, from: number, to: number) => void;

/** Turns one piece of text into tokens. */
export interface TokenModel {
  tokenize(piece: AlignedText, emit: EmitToken): void;
  /** Token strings by id; undefined in holes. */
  readonly tokens: readonly (string | undefined)[];
  idOf(token: string): number | undefined;
}
