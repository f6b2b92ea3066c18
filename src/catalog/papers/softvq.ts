import type { CatalogPaper } from '../papers';

export const entry: CatalogPaper = {
  families: ['softvq'],
  citation: {
    key: 'chen2024softvq',
    kind: 'misc',
    authors: [
      'Chen, Hao',
      'Wang, Ze',
      'Li, Xiang',
      'Sun, Ximeng',
      'Chen, Fangyi',
      'Liu, Jiang',
      'Wang, Jindong',
      'Raj, Bhiksha',
      'Liu, Zicheng',
      'Barsoum, Emad',
    ],
    title: 'SoftVQ-VAE: Efficient 1-Dimensional Continuous Tokenizer',
    year: 2024,
    arxiv: '2412.10958',
  },
};
