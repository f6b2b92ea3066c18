import type { Paper } from '../paper';

export const paper: Paper = {
  id: 'turkish',
  title: 'Are the tokens of Turkish text Turkish?',
  summary:
    'Turkish builds words from a root and many endings. How many of a tokenizer’s tokens are Turkish words, how many are ' +
    'a root or an ending alone, and does the model behind it answer better where there are more?',
  origin: {
    kind: 'paper',
    authors: 'Bayram et al.',
    year: 2025,
    venue: 'arXiv',
    arxiv: '2502.07057',
    code: { url: 'https://github.com/malibayram/tokenizer_benchmark', licence: 'none' },
  },
  topics: ['text tokens'],
  place: 35,
  claims: [
    {
      text: 'Of the different tokens that Gemma 2 makes of 6,200 exam questions, 48.6 % are Turkish.',
      number: 48.6,
      unit: '%',
      figure: 'tr',
      where: 'table of the draft in the repository',
    },
    {
      text: '37.1 % of them are a root or an ending and nothing else.',
      number: 37.1,
      unit: '%',
      figure: 'pure',
      where: 'table of the draft in the repository',
    },
    {
      text:
        'The share of Turkish tokens goes along with a model’s score more than the share of pure ones does. The draft’s ' +
        'own eight rows, recomputed on this page, give r = 0.10 and -0.51.',
      number: 0.1,
      unit: 'r',
      figure: 'r-tr',
      where: 'abstract; correlation computed from the draft’s table',
    },
  ],
  simplifications: [
    'The paper asks a web service and a morphological analyser whether a token is Turkish; the page looks it up in a list of roots and endings, compiled from a spelling dictionary, and tries a root with one ending.',
    'The paper’s text is 6,200 exam questions (TR-MMLU); the page takes yours.',
    'Of the models in the paper’s table the page has the tokenizers of five; no model answers questions here.',
  ],
  question:
    'Will the share of Turkish tokens rise or fall when every token is counted instead of each different one once?',
};
