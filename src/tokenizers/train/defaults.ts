// Apart from the schema, which a page need not load.

/** Sizes that a trainer takes. */
export const SIZES = { least: 300, most: 300_000 } as const;

/** Special tokens that each kind has by default. The first one of Unigram and WordPiece is the unknown one. */
export const SPECIAL = {
  bpe: ['<|endoftext|>'],
  superbpe: ['<|endoftext|>'],
  unigram: ['<unk>'],
  wordpiece: ['[UNK]', '[CLS]', '[SEP]', '[PAD]', '[MASK]'],
  lib: [],
} as const;

/** As o200k divides texts (OpenAI, tiktoken): the default of the byte-level trainers. */
export const DEFAULT_PATTERN = String.raw`[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+`;
