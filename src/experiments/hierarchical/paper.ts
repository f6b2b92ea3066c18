import type { Paper } from '../paper';

export const paper: Paper = {
  id: 'hierarchical',
  title: 'A transformer over words, a small one inside each',
  summary:
    'Hierarchical autoregressive transformers read and write bytes, but their large model works on words: a rule ' +
    'divides the text, and no vocabulary of subwords is needed.',
  origin: {
    kind: 'paper',
    authors: 'Neitemeier et al.',
    year: 2025,
    venue: 'ICLR',
    arxiv: '2501.10322',
    code: {
      url: 'https://github.com/Aleph-Alpha-Research/hat-splitter',
      licence: 'Open Aleph License 1.0, non-commercial; nothing of it is used here',
    },
  },
  topics: ['text tokens'],
  place: 61,
  preview:
    'The models are still to come: the paper finds them level with models on 64,000 subwords at equal compute, and more ' +
    'robust against changed characters.',
  claims: [
    {
      text: 'The only table of the model has a row for each of the 256 values of a byte, and a few special ones: a text never needs more.',
      number: 256,
      unit: 'byte values',
      figure: 'byte-values',
      where: 'abstract and description of the model',
    },
  ],
  simplifications: [
    'No model is trained here yet: what is measured is what the models would read, and what that costs.',
    'The rule was written anew from its description. Words are those of the browser’s own segmenter, which divides Chinese, Japanese and Thai by a dictionary; the published splitter does not.',
    'Words of more than 100 bytes are cut: the paper’s own limit is not known to us.',
    'The width inside words is ours, and the layers there are not counted among the parameters.',
  ],
  question:
    'Which grows faster when letters are swapped, dropped and capitalised: the share of subwords that change, or their number?',
};
