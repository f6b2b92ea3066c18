import type { TextCatalogEntry } from '../tokenizers';

export const entry: TextCatalogEntry = {
  id: 'kl3m-32k',
  label: 'KL3M 32k',
  publisher: 'ALEA Institute',
  summary:
    'Byte-level BPE with 32,768 tokens for legal and financial texts: tags, enumerations and citations are tokens (kl3m-001-32k).',
  licence: 'CC-BY-4.0 (KL3M tokenizers)',
  licenceUrl: 'https://creativecommons.org/licenses/by/4.0/',
  homepage: 'https://github.com/alea-institute/kl3m-tokenizers',
  order: 84,
  source: {
    format: 'tokenizer.json',
    files: ['data/tokenizers/kl3m-32k/tokenizer.json.br'],
    downloadedFrom:
      'https://github.com/alea-institute/kl3m-tokenizers/blob/c0ce8be558c02e446364a1b1056eec76a963fde4/kl3m-001-32k/tokenizer.json',
  },
  oracle: { kind: 'hugging-face' },
  spec: { kind: 'pipeline', vocabulary: 'kl3m-32k' },
};
