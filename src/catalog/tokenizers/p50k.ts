import type { TextCatalogEntry } from '../tokenizers';

export const entry: TextCatalogEntry = {
  id: 'p50k',
  label: 'p50k',
  publisher: 'OpenAI',
  summary:
    'Byte-level BPE with 50,281 tokens (p50k_base): GPT-2’s, with runs of spaces added for Codex and code.',
  licence: 'MIT (tiktoken)',
  licenceUrl: 'https://github.com/openai/tiktoken/blob/main/LICENSE',
  source: 'https://github.com/openai/tiktoken',
  order: 20,
  spec: {
    kind: 'bpe-ranks',
    vocabulary: 'p50k',
    pattern: String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`,
    special: { '<|endoftext|>': 50256 },
  },
};
