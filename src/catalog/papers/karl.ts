import type { CatalogPaper } from '../papers';

export const entry: CatalogPaper = {
  families: ['karl'],
  citation: {
    key: 'duggal2025karl',
    kind: 'misc',
    authors: [
      'Duggal, Shivam',
      'Byun, Sanghyun',
      'Freeman, William T.',
      'Torralba, Antonio',
      'Isola, Phillip',
    ],
    title: 'Single-pass Adaptive Image Tokenization for Minimum Program Search',
    year: 2025,
    arxiv: '2507.07995',
  },
};
