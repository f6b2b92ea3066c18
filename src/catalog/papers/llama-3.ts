import type { CatalogPaper } from '../papers';

export const entry: CatalogPaper = {
  tokenizers: ['llama-3'],
  citation: {
    key: 'llama3modelcard',
    kind: 'misc',
    authors: ['AI@Meta'],
    title: 'Llama 3 Model Card',
    year: 2024,
    url: 'https://github.com/meta-llama/llama3/blob/main/MODEL_CARD.md',
  },
};
