import type { Paper } from '../paper';

export const paper: Paper = {
  id: 'tokenization-counts',
  title: 'Digits grouped from the left or from the right',
  summary:
    'Most tokenizers cut a number into threes from its left end, addition goes from the right. Where the result is ' +
    'longer than the operands, their tokens no longer lie under each other, and models that were asked to add failed there.',
  origin: {
    kind: 'paper',
    authors: 'Singh and Strouse',
    year: 2024,
    venue: 'arXiv',
    arxiv: '2402.14903',
    code: { url: 'https://github.com/aadityasingh/TokenizationCounts', licence: 'MIT' },
  },
  topics: ['text tokens'],
  place: 15,
  claims: [
    {
      text:
        'GPT-3.5 added numbers of 7 to 9 digits right in 75.6 % of cases as they are, and in 97.8 % with commas from ' +
        'the right: the grouping under which digits line up.',
      number: 75.6,
      unit: '%',
      figure: 'aligned-digits',
      where: 'result files of the repository, gpt-3.5-turbo-0301, 8 examples',
    },
    {
      text:
        'Where the result is longer than both operands, it was right in 8.2 % of cases without commas and in 98.5 % ' +
        'with commas from the right. Here is counted how many such sums line up.',
      number: 8.2,
      unit: '%',
      figure: 'aligned-longer',
      where: 'result files of the repository, 25 January 2024',
    },
    {
      text: 'Where the result is no longer, it was right in 93.8 % without commas and in 97.9 % with them.',
      number: 93.8,
      unit: '%',
      figure: 'aligned-not-longer',
      where: 'result files of the repository, 25 January 2024',
    },
  ],
  simplifications: [
    'No model adds here: the page shows what a tokenizer gives to a model. The accuracies of GPT-3.5 and GPT-4 are the published ones.',
    'The result is computed and written behind the sum, grouped like its operands, as the paper’s examples ask the model to do.',
  ],
  question:
    'A sum has operands of seven digits and a result of eight. How many of its digits line up when tokens are cut in threes from the left?',
};
