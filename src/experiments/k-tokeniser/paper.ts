import type { Paper } from '../paper';

export const paper: Paper = {
  id: 'k-tokeniser',
  title: 'Subwords that know what a clinical word is',
  summary:
    'K-Tokeniser gives drugs, disorders and parts of the body subwords of their own, and lets the sentence decide ' +
    'which of them a word takes.',
  origin: {
    kind: 'paper',
    authors: 'Hasan et al.',
    year: 2025,
    venue: 'Computers in Biology and Medicine',
    arxiv: '2406.14312',
  },
  topics: ['text tokens'],
  place: 55,
  claims: [
    {
      text: 'Automated coding of clinical texts gains 13 % in micro-F1.',
      number: 13,
      unit: '%',
      figure: 'gain',
      where: 'abstract',
    },
    {
      text: 'Concept extraction needs only half of the training data to be as good as before: at least 100 % of the old result.',
      number: 100,
      unit: '%',
      figure: 'half',
      where: 'abstract',
    },
  ],
  simplifications: [
    'We know the method from its abstract and from reviews, so with medium certainty: the steps, but not the formula of the entropy that picks a word’s segmentation. Here it is the number of bits under a unigram model of each vocabulary, and a type’s pieces must be fewer than the base’s.',
    'The sentence decides by its tokens per word with each type, between types that are candidates for a word.',
    'The terms are three lists of our own, over 400 each, instead of UMLS; three types instead of many.',
    'The classifier is naive Bayes on bags of tokens, and tells which part of medicine a passage of MedQuAD is about; the paper fine-tunes three encoder language models on other data.',
    'In the paper the vector of a new token starts from the mean of its base pieces; a bag of tokens has no vectors, so a new token’s count starts from how often these pieces go with each label.',
  ],
  question:
    'With twice as many clinical subwords, does the classifier get better, or does only the text get shorter?',
};
