import type { CatalogPaper } from '../papers';

export const entry: CatalogPaper = {
  tokenizers: ['utf8-bytes'],
  citation: {
    key: 'xue2022byt5',
    kind: 'article',
    authors: [
      'Xue, Linting',
      'Barua, Aditya',
      'Constant, Noah',
      'Al-Rfou, Rami',
      'Narang, Sharan',
      'Kale, Mihir',
      'Roberts, Adam',
      'Raffel, Colin',
    ],
    title: 'ByT5: Towards a Token-Free Future with Pre-trained Byte-to-Byte Models',
    venue: 'Transactions of the Association for Computational Linguistics',
    volume: 10,
    pages: '291–306',
    year: 2022,
    arxiv: '2105.13626',
  },
};
