import type { CatalogPaper } from '../papers';

export const entry: CatalogPaper = {
  tokenizers: ['gpt2'],
  citation: {
    key: 'radford2019language',
    kind: 'misc',
    authors: ['Radford, Alec', 'Wu, Jeff', 'Child, Rewon', 'Luan, David', 'Amodei, Dario', 'Sutskever, Ilya'],
    title: 'Language Models are Unsupervised Multitask Learners',
    year: 2019,
    url: 'https://github.com/openai/gpt-2',
  },
};
