import type { Paper } from '../paper';

export const paper: Paper = {
  id: 'word-pooling',
  title: 'Learn your tokens: a few vectors for each word',
  summary:
    'A small encoder reads the bytes or characters of one word at a time and hands a fixed number of vectors to the ' +
    'large model, which therefore sees words, however they are spelled.',
  origin: {
    kind: 'paper',
    authors: 'Thawani et al.',
    year: 2023,
    venue: 'Findings of EMNLP',
    arxiv: '2310.11628',
    code: { url: 'https://github.com/avi-jit/eTok', licence: 'MIT, as its README says' },
  },
  topics: ['text tokens'],
  place: 60,
  preview:
    'The models are still to come: the paper finds the next word right more than three times as often as with subwords ' +
    'or characters, and up to 30 times as often for rare words.',
  claims: [
    {
      text: 'The published training script gives the large model 4 vectors for a word, so that its attention costs O((n/w)²p²) instead of O(n²), with n bytes, w of them in a word and p = 4.',
      number: 4,
      unit: 'positions per word',
      figure: 'positions-per-word',
      where: 'training script of the published code',
    },
    {
      text: 'A word has room for 12 bytes or characters; what is longer is cut.',
      number: 12,
      unit: 'bytes or characters',
      figure: 'room',
      where: 'default of the published code',
    },
  ],
  simplifications: [
    'No model is trained here yet: what is measured is what the models would read, and what that costs.',
    'Empty words, which the published split finds between two spaces, are left out.',
    'The subwords are those of a tokenizer that is in use, not one trained on the same text.',
    'The parameters count weights of 4d² + 8d² for each of the two layers inside a word, without biases and norms.',
  ],
  question:
    'When every second word has a typo, how much longer does the text get in subwords, and how much longer in words?',
};
