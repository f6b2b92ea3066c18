import type { Paper } from '../paper';

export const paper: Paper = {
  id: 'alm-chunks',
  title: 'Chunks that two tokenizers share',
  summary:
    'A model can be taught by another one that has a different tokenizer: both read the text in chunks that end at the ' +
    'same byte, and what is compared is the probability of a whole chunk.',
  origin: {
    kind: 'paper',
    authors: 'Minixhofer et al.',
    year: 2025,
    venue: 'arXiv',
    arxiv: '2503.20083',
    code: { url: 'https://github.com/bminixhofer/tokenkit', licence: 'Apache-2.0' },
  },
  topics: ['text tokens'],
  place: 45,
  claims: [
    {
      text: 'A chunk’s probability can only be compared where its end is certain: chunks are merged until the teacher expects a space with more than 0.1 (for a student that reads bytes).',
      number: 0.1,
      unit: 'probability',
      figure: 'least-certain',
      where: 'the published code, tokenkit; its default for other students is 0.0001',
    },
  ],
  simplifications: [
    'There is no language model here: the chunks are the paper’s, but not yet the two probabilities of each chunk, the loss that compares them, or a student that learns.',
    'The probability of a space is counted, not predicted: of the times that the teacher’s last token occurs in this text, how often a space follows. A model knows the whole text before it; and a token that occurs once has only 0 or 1.',
    '“Where a space follows” is the strictest case: what a teacher would do that always knows the next byte.',
    'A space is a space, a line break or the end of the text. The paper also counts other beginnings of a pretoken, and pairs special tokens by their kind; texts here have none.',
    'The other remedy of the paper, to multiply with the probability of a space instead of merging, needs the model’s probabilities.',
  ],
  question:
    'How long do chunks get when they may only end where a space is likely, and what happens to Chinese or Thai?',
};
