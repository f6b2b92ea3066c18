import type { TextCatalogEntry } from '../tokenizers';

export const entry: TextCatalogEntry = {
  id: 'kl3m-char-8k',
  label: 'KL3M char 8k',
  publisher: 'ALEA Institute',
  summary:
    'Byte-level BPE with 8,192 tokens of at most three characters, after Unicode NFKC: made to survive scanning errors (kl3m-004-char-8k-cased).',
  licence: 'CC-BY-4.0 (KL3M tokenizers)',
  licenceUrl: 'https://creativecommons.org/licenses/by/4.0/',
  homepage: 'https://github.com/alea-institute/kl3m-tokenizers',
  order: 85,
  source: {
    format: 'tokenizer.json',
    files: ['data/tokenizers/kl3m-char-8k/tokenizer.json.br'],
    downloadedFrom:
      'https://github.com/alea-institute/kl3m-tokenizers/blob/c0ce8be558c02e446364a1b1056eec76a963fde4/kl3m-004-char-8k-cased/tokenizer.json',
  },
  oracle: { kind: 'hugging-face' },
  lossy: true,
  spec: { kind: 'pipeline', vocabulary: 'kl3m-char-8k' },
};
