import type { TokenizerSpec } from '../../../tokenizers/spec';

/** Tokenizers of several kinds over compiled vocabularies, for tests: byte-level, byte fallback, lossy, bytes. */
export const testSpecs: Readonly<Record<'gpt2' | 'llama-2' | 'bert-uncased' | 'utf8-bytes', TokenizerSpec>> =
  {
    gpt2: {
      kind: 'bpe-ranks',
      vocabulary: 'gpt2',
      pattern: String.raw`'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`,
      special: { '<|endoftext|>': 50256 },
    },
    'llama-2': { kind: 'pipeline', vocabulary: 'llama-2' },
    'bert-uncased': { kind: 'pipeline', vocabulary: 'bert-uncased' },
    'utf8-bytes': { kind: 'utf8-bytes' },
  };
