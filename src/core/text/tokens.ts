/**
 * What a tokenizer makes of a text, as parallel typed arrays: token i has id `ids[i]` and covers the bytes
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

/** A text tokenizer that is loaded and ready. Ids are below `vocabularySize`. */
export interface Tokenizer {
  readonly vocabularySize: number;
  /**
   * Segments a text. Lone surrogates become U+FFFD first (`toWellFormed`), as UTF-8 cannot hold them.
   * @throws TokenoscopeError `special-token` where `special: 'error'` meets one
   */
  encode(text: string, options?: EncodeOptions): TokenSequence;
  /**
   * The same in slices of a few milliseconds, so that a worker stays able to hear an abort.
   * @param onProgress receives the share done, 0 to 1
   * @throws TokenoscopeError `aborted`
   */
  encodeInSlices(
    text: string,
    options: EncodeOptions & { signal?: AbortSignal; onProgress?: (share: number) => void },
  ): Promise<TokenSequence>;
  /** The bytes of a token sequence, exactly; they need not be valid UTF-8. */
  decode(ids: ArrayLike<number>): Uint8Array;
  /** The bytes of one token. @throws RangeError for an id outside the vocabulary */
  tokenBytes(id: number): Uint8Array;
}
