import type { Paper } from '../paper';

export const paper: Paper = {
  id: 'markov',
  title: 'Why tokens help a model that only counts',
  summary:
    'A model that knows only how often each symbol occurs cannot see that one follows another. Give it tokens instead ' +
    'of characters, and it comes near the best that any model can do.',
  origin: {
    kind: 'paper',
    authors: 'Rajaraman et al.',
    year: 2024,
    venue: 'NeurIPS',
    arxiv: '2404.08335',
  },
  topics: ['text tokens'],
  place: 5,
  claims: [
    {
      text:
        'Without tokens, a unigram model pays the entropy of single characters, H(π), however much they depend on each ' +
        'other: 1 bit where 0 and 1 are equally frequent.',
      number: 1,
      unit: 'bits per character',
      figure: 'characters',
      where: 'abstract; 1 is H(π) for p = q',
    },
    {
      text: 'With the right tokens, even a unigram model comes near the entropy rate, so that the loss divided by it goes to 1.',
      number: 1,
      unit: 'times',
      figure: 'ratio',
      where: 'abstract',
    },
  ],
  simplifications: [
    'The paper also trains transformers, which behave like unigram models on characters and improve with tokens; here the unigram model alone is computed.',
    'Its theorems are about an endless source; here 200,000 symbols are learned from and the loss is measured on 50,000 fresh ones.',
    'BPE here is the usual one; the paper proves its bound for a variant that is easier to analyse.',
    'LZW enters tokens from the start of the text until the dictionary is full; the paper’s own reading of it was not checked.',
  ],
  question:
    'A source of two symbols costs 1 bit per character without tokens. With a dictionary of four tokens, does a ' +
    'character get cheaper or dearer?',
};
