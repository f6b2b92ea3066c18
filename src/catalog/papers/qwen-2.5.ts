import type { CatalogPaper } from '../papers';

export const entry: CatalogPaper = {
  tokenizers: ['qwen-2.5'],
  citation: {
    key: 'qwen25',
    kind: 'misc',
    authors: ['Qwen Team'],
    title: 'Qwen2.5 Technical Report',
    year: 2024,
    arxiv: '2412.15115',
  },
};
