import type { CatalogPaper } from '../papers';

export const entry: CatalogPaper = {
  families: ['maetok'],
  citation: {
    key: 'chen2025maetok',
    kind: 'misc',
    authors: [
      'Chen, Hao',
      'Han, Yujin',
      'Chen, Fangyi',
      'Li, Xiang',
      'Wang, Yidong',
      'Wang, Jindong',
      'Wang, Ze',
      'Liu, Zicheng',
      'Zou, Difan',
      'Raj, Bhiksha',
    ],
    title: 'Masked Autoencoders Are Effective Tokenizers for Diffusion Models',
    year: 2025,
    arxiv: '2502.03444',
  },
};
