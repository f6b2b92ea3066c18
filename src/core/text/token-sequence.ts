/**
 * The tokens of a text, as parallel typed arrays: token i has id `ids[i]` and covers the bytes
 * `starts[i]` (inclusive) to `ends[i]` (exclusive) of the text's UTF-8 form. For byte-level tokenizers the
 * spans tile the text; through normalizers they may overlap or leave gaps.
 */
export interface TokenSequence {
  readonly ids: Uint32Array;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

/** How special tokens written in the text (such as `<|endoftext|>`) are treated. */
export type SpecialTokens = 'parse' | 'text' | 'error';

/** Options of `Tokenizer.encode`. */
export interface EncodeOptions {
  /** Default `text`: what the user pasted is data. */
  readonly special?: SpecialTokens;
}
