import type { Paper } from '../paper';

export const paper: Paper = {
  id: 'exact-bytes',
  title: 'Exact probabilities of bytes',
  summary:
    'A prompt that ends inside a word leads a model over tokens astray: the token that should come next would have begun ' +
    'before. Summed over all tokens that may cover the end of the prompt, the same model gives the exact probability of ' +
    'the next byte, without being trained again.',
  origin: {
    kind: 'paper',
    authors: 'Phan et al.',
    year: 2025,
    venue: 'ICLR',
    arxiv: '2410.09303',
    code: {
      url: 'https://github.com/facebookresearch/Exact-Byte-Level-Probabilities-from-Tokenized-LMs',
      licence: 'CC-BY-NC-4.0',
    },
  },
  topics: ['inside a model', 'text tokens'],
  place: 10,
  claims: [
    {
      text: 'Code is filled into gaps better when a model samples exact bytes instead of continuing the tokens of its prompt: about 18 % on benchmarks.',
      number: 18,
      unit: '%',
      figure: 'right-gain',
      where: 'abstract',
    },
    {
      text: 'Models of different vocabularies can be averaged byte by byte: up to 3.7 % better than each alone on benchmarks.',
      number: 3.7,
      unit: '%',
      figure: 'both-gain',
      where: 'abstract',
    },
  ],
  simplifications: [
    'The models are n-grams learned from this text in a second, or networks of 3 million parameters that come with the page; the paper takes trained language models of billions of parameters. The method is the same: it asks a model only for distributions of the next token.',
    'The paper measures benchmarks of code; here it is counted how often the next byte is right behind random cuts in text that was set aside, and what text costs in bits.',
    'The tokenizer is a byte-level BPE that cuts texts at spaces and between letters, digits and marks, by a rule of two neighbouring bytes. So it is decided exactly which sequences of tokens are encodings, and none of them is searched for by encoding it again.',
    'The model is masked: what it gives to sequences that encode no text is shared among the others. The fast mode of the published code, which leaves the mask out, is not offered.',
    'To fill in the middle, both models propose middles by sampling, and each proposal is weighted exactly by its own probability and that of what follows. The paper’s models were trained to fill in, and see what follows before they write.',
  ],
  question: 'Which next letter does a model expect behind “the Mock Tur” if its tokens are “ T” and “ur”?',
};
