import type { CatalogPaper } from '../papers';

export const entry: CatalogPaper = {
  families: ['titok'],
  citation: {
    key: 'yu2024an',
    kind: 'inproceedings',
    authors: [
      'Yu, Qihang',
      'Weber, Mark',
      'Deng, Xueqing',
      'Shen, Xiaohui',
      'Cremers, Daniel',
      'Chen, Liang-Chieh',
    ],
    title: 'An Image is Worth 32 Tokens for Reconstruction and Generation',
    venue: 'NeurIPS',
    year: 2024,
    arxiv: '2406.07550',
  },
};
