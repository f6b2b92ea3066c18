/**
 * How to build a tokenizer, as plain data that a catalogue entry holds and a worker receives.
 * `vocabulary` names a compiled binary in generated/vocabularies/ (see compiled/compile.ts).
 */
export type TokenizerSpec =
  | {
      /** Byte-level BPE whose ids are merge ranks (tiktoken family, GPT-2). */
      readonly kind: 'bpe-ranks';
      readonly vocabulary: string;
      /** Pre-tokenizer regular expression, in the source syntax of its publisher. */
      readonly pattern: string;
      readonly special: Readonly<Record<string, number>>;
      /** The special token that the publisher's own software puts before a text; not with a normalizer. */
      readonly begin?: string;
      /** Normalization of the text between special tokens. */
      readonly normalizer?: 'NFC';
    }
  /** Anything a Hugging Face tokenizer.json describes; the compiled file holds the description as well. */
  | { readonly kind: 'pipeline'; readonly vocabulary: string }
  | { readonly kind: 'utf8-bytes' }
  /** Every code point is a token and its own id. */
  | { readonly kind: 'characters' }
  /** Words as whitespace divides them, each with the whitespace before it; ids are hashes. */
  | { readonly kind: 'words' };
