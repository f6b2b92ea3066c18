import type { Paper } from '../paper';

export const paper: Paper = {
  id: 'byte2word',
  title: 'A word’s vector from its bytes',
  summary:
    'Byte2Word asks the bytes of a word for its vector, by one layer of attention, in place of a table with a row for ' +
    'each of 30,000 subwords.',
  origin: {
    kind: 'paper',
    authors: 'Lee et al.',
    year: 2022,
    venue: 'arXiv',
    arxiv: '2211.12677',
  },
  topics: ['text tokens'],
  place: 62,
  preview: 'The trained model, and how near a misspelt word’s vector is to the right one, are still to come.',
  claims: [
    {
      text: 'It is on a par with BERT while its input embeddings have about a tenth of the size of BERT’s.',
      number: 10,
      unit: '%',
      figure: 'table-share',
      where: 'abstract',
    },
  ],
  simplifications: [
    'No model is trained here yet: what is measured is what the model would read, and what that costs.',
    'We know the method from its abstract and from memory. Unverified are the 16 bytes of a word that are read, the width of bytes (here that of the model) and the one learned query that asks for the vector.',
    'The parameters are those of the byte table, the places in a word, the query and the four projections of attention, without biases and without the layer behind it.',
  ],
  question: 'Of a misspelt word, which keeps more of what the model reads: its bytes or its subwords?',
};
