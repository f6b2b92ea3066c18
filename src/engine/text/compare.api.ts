import type { Stretches, TokenBounds } from '../../core/text/boundaries';

/** Two tokenizers of one text, and how wide a row is. */
export interface DiffArgs {
  readonly over: TokenBounds;
  readonly under: TokenBounds;
  /** UTF-8 of the text. */
  readonly bytes: Uint8Array;
  /** Of a row, in half cells. */
  readonly width: number;
}

/** Where two tokenizers part. */
export interface TextDiff {
  /** Boundaries of the one and of the other: bytes of the text, ascending. */
  readonly over: Uint32Array;
  readonly under: Uint32Array;
  /** The aligned chunks that at least one of them divides further. */
  readonly places: Stretches;
  /** The byte with which each row begins. */
  readonly rows: Uint32Array;
  /** Length of the text in bytes. */
  readonly bytes: number;
}

/** The compare worker's methods. */
export type CompareApi = {
  /** F1 of the boundaries of every two tokenizers: n x n values, row by row, symmetric, 1 on the diagonal. */
  matrix: {
    args: { readonly sequences: readonly TokenBounds[] /** Bytes of the text. */; readonly length: number };
    result: Float64Array;
    progress: never;
  };
  /** Where two tokenizers part, and rows to draw it in. */
  diff: { args: DiffArgs; result: TextDiff; progress: never };
};
