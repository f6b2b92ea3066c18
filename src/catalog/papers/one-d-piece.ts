import type { CatalogPaper } from '../papers';

export const entry: CatalogPaper = {
  families: ['one-d-piece'],
  citation: {
    key: 'onedpiece',
    kind: 'misc',
    authors: ['Miwa, Keita', 'Sasaki, Kento', 'Arai, Hidehisa', 'Takahashi, Tsubasa', 'Yamaguchi, Yu'],
    title: 'One-D-Piece: Image Tokenizer Meets Quality-Controllable Compression',
    year: 2025,
    arxiv: '2501.10064',
  },
};
