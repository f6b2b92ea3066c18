import type { CatalogPaper } from '../papers';

export const entry: CatalogPaper = {
  tokenizers: ['gemma-2'],
  citation: {
    key: 'gemma2',
    kind: 'misc',
    authors: ['Gemma Team'],
    title: 'Gemma 2: Improving Open Language Models at a Practical Size',
    year: 2024,
    arxiv: '2408.00118',
  },
};
