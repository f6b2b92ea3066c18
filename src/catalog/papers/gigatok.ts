import type { CatalogPaper } from '../papers';

export const entry: CatalogPaper = {
  families: ['gigatok'],
  citation: {
    key: 'xiong2025gigatok',
    kind: 'misc',
    authors: ['Xiong, Tianwei', 'Liew, Jun Hao', 'Huang, Zilong', 'Feng, Jiashi', 'Liu, Xihui'],
    title: 'GigaTok: Scaling Visual Tokenizers to 3 Billion Parameters for Autoregressive Image Generation',
    year: 2025,
    arxiv: '2504.08736',
  },
};
