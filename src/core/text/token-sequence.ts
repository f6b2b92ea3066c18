/**
 * The tokens of a text, as parallel typed arrays: token i has id `ids[i]` and covers the bytes
 * `starts[i]` (inclusive) to `ends[i]` (exclusive) of the text's UTF-8 form.
 *
 * A token covers the characters that it was made from, from the first to the last. A character that was made from
 * several (a letter and its accent, a run of spaces that became one) covers all of them; several that were made from one
 * cover it together; a byte of a character covers that byte. What was removed, by a normalizer or because the model has no
 * token for it, belongs to no token, unless it lies within one. What was added covers nothing of its own: a token of
 * only such characters is empty, or has the place of the character beside it (docs/architecture.md says which).
 *
 * For byte-level tokenizers the spans tile the text; through normalizers they may overlap or leave gaps.
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
  /** Adds what the tokenizer's post-processor puts around a text, such as `[CLS]` and `[SEP]`; many have none. */
  readonly addSpecialTokens?: boolean;
}
