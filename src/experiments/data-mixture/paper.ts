import type { Paper } from '../paper';

export const paper: Paper = {
  id: 'data-mixture',
  title: 'What a tokenizer was trained on',
  summary:
    'The order of a tokenizer’s merges gives away how often each pair occurred in its training texts, and with that ' +
    'how much of them was German, French or code. A linear program reads the mixture off the list of merges.',
  origin: {
    kind: 'paper',
    authors: 'Hayase, Liu et al.',
    year: 2024,
    venue: 'arXiv',
    arxiv: '2407.16607',
    code: { url: 'https://github.com/alisawuffles/tokenizer-attack', licence: 'MIT' },
  },
  topics: ['text tokens'],
  place: 30,
  claims: [
    {
      text: 'The mixture of five languages is recovered almost exactly from about 30,000 merges.',
      number: -7.3,
      unit: 'log10 MSE',
      figure: 'log-error',
      where: 'official notebook, mean of 100 mixtures',
    },
    {
      text: 'A random guess at five shares is far off.',
      number: -1.39,
      unit: 'log10 MSE',
      figure: 'random',
      where: 'official notebook, mean of 100 mixtures',
    },
  ],
  simplifications: [
    'Four texts of 120 to 160 kB instead of large collections, and 300 merges instead of about 30,000.',
    'The mixture is made by counting each text’s pieces as often as its share asks for, exactly; nothing is sampled.',
    'Shares are parts of all pairs of neighbouring bytes within pieces, which is nearly parts of all bytes.',
    'The linear program is solved by HiGHS; the official code uses Gurobi.',
    'Of real tokenizers only the first 200 merges (of Llama 3, the first 50 of its own) are looked at, with 22 samples of about 30 kB instead of the whole web: the shares are rough, and the page says how badly they fit.',
  ],
  question:
    'You see only the order in which tokens were learned. After how many of them do you know each share of the ' +
    'mixture to two percentage points: 10, 100, or more than 300?',
};
