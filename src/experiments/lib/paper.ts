import type { Paper } from '../paper';

export const paper: Paper = {
  id: 'lib',
  title: 'Rethinking Tokenization: Crafting Better Tokenizers for Large Language Models',
  summary:
    'A reader’s memory as a tokenizer: Less-is-Better reads sentence after sentence, memorizes pairs of chunks that it ' +
    'meets, and forgets what does not help to write the text with fewer tokens and fewer types. Chunks may span words.',
  origin: {
    kind: 'paper',
    authors: 'Yang',
    year: 2024,
    venue: 'International Journal of Chinese Linguistics',
    arxiv: '2403.00417',
    code: { url: 'https://github.com/ray306/The-Less-is-Better-Model', licence: 'no licence' },
  },
  topics: ['text tokens'],
  place: 20,
  claims: [
    {
      text:
        'Less-is-Better needs fewer tokens and fewer types than words and BPE. The author’s demonstration, on English ' +
        'spoken to children, comes to 9.2 characters for each token after 200 steps.',
      number: 9.2,
      unit: 'characters',
      figure: 'characters-per-token',
      where: 'abstract; repository, Quick_Demo.ipynb',
    },
  ],
  simplifications: [
    'It reads one text in 60 steps of up to 100 sentences, the demonstration 9,790 short sentences in 501 steps of 200.',
    'Tokens are counted on the text that was learned from, for Less-is-Better and for BPE alike.',
    'BPE is learned from the same sentences, on characters and within words, until every word is a token, so that it can be compared at every number of types; the paper compares with BPE of a larger corpus.',
    'No language model is trained: the paper’s bits per character are not shown.',
  ],
  question:
    'A lexicon that reads on: will it only grow, or also forget? And will it need more or fewer types than the text has different words?',
};
