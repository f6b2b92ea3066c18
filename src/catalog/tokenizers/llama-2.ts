import type { TextCatalogEntry } from '../tokenizers';

export const entry: TextCatalogEntry = {
  id: 'llama-2',
  label: 'Llama 2',
  publisher: 'Meta',
  summary:
    'SentencePiece BPE with 32,000 tokens and byte fallback: Llama 1 and 2, and many models after them.',
  licence: 'Llama 2 Community License',
  licenceUrl: 'https://github.com/meta-llama/llama/blob/main/LICENSE',
  homepage: 'https://github.com/meta-llama/llama',
  order: 50,
  source: { format: 'tokenizer.json', package: 'llama-tokenizer-js', files: ['llama-tokenizer.js'] },
  oracle: { kind: 'reference' },
  lossy: true,
  spec: { kind: 'pipeline', vocabulary: 'llama-2' },
};
