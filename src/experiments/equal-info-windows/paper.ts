import type { Paper } from '../paper';

export const paper: Paper = {
  id: 'equal-info-windows',
  title: 'Windows of equal information',
  summary:
    'A small language model, M1, and an arithmetic coder press a text into few bits, and a large model, M2, could read those. Cut into ' +
    'windows of equally many bits, each of which can be read alone, the bits stay learnable, and one that is wrong spoils little.',
  origin: {
    kind: 'paper',
    authors: 'Lester et al.',
    year: 2024,
    venue: 'TMLR',
    arxiv: '2404.03626',
  },
  topics: ['text tokens'],
  place: 28,
  claims: [
    {
      text: 'Large models learn nothing from plain arithmetic coding: they stay at what a model pays for which all tokens are equally likely.',
      number: 0,
      unit: 'bits per byte',
      figure: 'm2-ac',
      where: 'results of M2',
    },
    {
      text: 'In windows of 16 bits, a token of 8 bits holds 2.66 bytes of text.',
      number: 2.66,
      unit: 'bytes per token',
      figure: 'ratio-16',
      where: 'the comparison of token ratios',
    },
    {
      text: 'Without windows, plain arithmetic coding, it holds 5.49.',
      number: 5.49,
      unit: 'bytes per token',
      figure: 'ratio-ac',
      where: 'the comparison of token ratios',
    },
    {
      text: 'The bits look like noise: in windows of 16 bits, knowing how frequent each token is saves 0.032 bits per byte.',
      number: 0.032,
      unit: 'bits per byte',
      figure: 'gain-16',
      where: 'uniform and unigram models of the tokens',
    },
  ],
  simplifications: [
    'M1, the model that the coder asks, is an n-gram model of six bytes that learns in the page, or a network of 0.3 million parameters that comes with it and sees at most 128 bytes; the paper’s is a network of 3 million parameters that has read C4 and needs 1.457 bits per byte.',
    'M2, the model that reads the tokens, is an n-gram model of up to three tokens that learns from some 32 kB of text; the paper’s are transformers of 25 million to 2 billion parameters, of which the largest comes to 0.94 bits per byte with windows of 16 bits and 0.87 with SentencePiece.',
    'A reader takes the longest text that a window’s bits decide. Where the bits padded with zeros would be read on too far, other bits of the same window are written, or it ends a byte earlier; how the paper settles these cases was not checked.',
    'The last window is read with its length, which is sent beside the bits.',
    'The part of a text that is coded is at most 40 kB, too few tokens of 16 bits for their frequencies: the unigram model is measured on tokens of 8 bits.',
  ],
  question:
    'Without windows a token holds most text. What is the price: how much does one flipped bit spoil, and can a model still ' +
    'learn to predict the tokens?',
};
