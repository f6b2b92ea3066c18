import type { EncodeOptions } from '../../core/text/token-sequence';
import type { VocabularyComparison } from '../../tokenizers/vocabulary-listing';

/** A short text's tokens, with what the vocabulary calls each. */
export interface EncodedText {
  readonly ids: Uint32Array;
  /** Bytes of the text. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly names: readonly string[];
}

/**
 * Methods that check and compare tokenizers on short texts.
 * @typeParam Ref which tokenizer
 * @typeParam Progress of what has to be loaded
 */
export type CheckApi<Ref, Progress> = {
  /** The tokens of several short texts. */
  encodeTexts: {
    args: {
      readonly tokenizer: Ref;
      readonly texts: readonly string[];
      readonly options: EncodeOptions;
    };
    result: readonly EncodedText[];
    progress: Progress;
  };
  /** The id of the token with these bytes, of each; null where there is none. */
  findTokens: {
    args: { readonly tokenizer: Ref; readonly tokens: readonly Uint8Array[] };
    result: readonly (number | null)[];
    progress: Progress;
  };
  /** The vocabulary's canonical listing and its sha256; null where ids are too many to be listed. */
  listVocabulary: {
    args: { readonly tokenizer: Ref };
    result: { readonly list: Uint8Array; readonly sha256: string } | null;
    progress: Progress;
  };
  /** How a vocabulary compares with another one's listing; null where it cannot be listed. */
  compareVocabulary: {
    args: { readonly tokenizer: Ref; readonly first: Uint8Array };
    result: VocabularyComparison | null;
    progress: Progress;
  };
};
