import type { CatalogPaper } from '../papers';

export const entry: CatalogPaper = {
  tokenizers: ['llama-2'],
  citation: {
    key: 'touvron2023llama2',
    kind: 'misc',
    authors: ['Touvron, Hugo', 'Martin, Louis', 'Stone, Kevin', 'Albert, Peter', 'Almahairi, Amjad'],
    others: true,
    title: 'Llama 2: Open Foundation and Fine-Tuned Chat Models',
    year: 2023,
    arxiv: '2307.09288',
  },
};
