import type { Paper } from '../paper';

export const paper: Paper = {
  id: 'bytes-per-character',
  title: 'What a character costs in bytes',
  summary:
    'Tokenizers that start from bytes see 1 to 4 of them for a character: a text in one script costs more than the ' +
    'same text in another before any token is learned.',
  origin: { kind: 'own' },
  topics: ['start', 'text tokens'],
  place: 1,
  claims: [
    {
      text: 'UTF-8 spends 1 byte on an ASCII character, and never more than 4 on any other.',
      number: 4,
      unit: 'bytes',
      figure: 'bytes-per-character',
      where: 'RFC 3629, section 3',
    },
  ],
  simplifications: [],
  question:
    'Does decomposing the text (NFD) make a character cheaper or more expensive, and in which scripts?',
};
