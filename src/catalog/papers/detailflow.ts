import type { CatalogPaper } from '../papers';

export const entry: CatalogPaper = {
  families: ['detailflow'],
  citation: {
    key: 'liu2025detailflow',
    kind: 'misc',
    authors: [
      'Liu, Yiheng',
      'Qu, Liao',
      'Zhang, Huichao',
      'Wang, Xu',
      'Jiang, Yi',
      'Gao, Yiming',
      'Ye, Hu',
      'Li, Xian',
      'Wang, Shuai',
      'Du, Daniel K.',
      'Chen, Fangmin',
      'Yuan, Zehuan',
      'Wu, Xinglong',
    ],
    title: 'DetailFlow: 1D Coarse-to-Fine Autoregressive Image Generation via Next-Detail Prediction',
    year: 2025,
    arxiv: '2505.21473',
  },
};
