import type { TextCatalogEntry } from '../tokenizers';

export const entry: TextCatalogEntry = {
  id: 'p50k',
  label: 'p50k',
  models: ['Codex', 'text-davinci-003'],
  publisher: 'OpenAI',
  summary:
    'Byte-level BPE with 50,281 tokens (p50k_base): GPT-2’s, with runs of spaces added for Codex and code.',
  licence: 'MIT (tiktoken)',
  licenceUrl: 'https://github.com/openai/tiktoken/blob/main/LICENSE',
  homepage: 'https://github.com/openai/tiktoken',
  order: 20,
  source: { format: 'tiktoken', package: 'gpt-tokenizer', files: ['data/p50k_base.tiktoken'] },
  oracle: { kind: 'tiktoken', encoding: 'p50k_base' },
  spec: {
    kind: 'bpe-ranks',
    vocabulary: 'p50k',
    pattern: String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`,
    special: { '<|endoftext|>': 50256 },
  },
};
