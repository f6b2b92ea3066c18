import type { CatalogPaper } from '../papers';

export const entry: CatalogPaper = {
  tokenizers: ['bert-uncased'],
  citation: {
    key: 'devlin2018bert',
    kind: 'misc',
    authors: ['Devlin, Jacob', 'Chang, Ming-Wei', 'Lee, Kenton', 'Toutanova, Kristina'],
    title: 'BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding',
    year: 2018,
    arxiv: '1810.04805',
  },
};
