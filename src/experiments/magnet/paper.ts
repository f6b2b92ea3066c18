import type { Paper } from '../paper';

export const paper: Paper = {
  id: 'magnet',
  title: 'A boundary predictor for each script',
  summary:
    'MAGNET learns where to cut bytes into segments, with a predictor and a prior for each script, so that a sentence ' +
    'has about as many segments in Hindi as in English.',
  origin: {
    kind: 'paper',
    authors: 'Ahia et al.',
    year: 2024,
    venue: 'NeurIPS',
    arxiv: '2407.08818',
    code: { url: 'https://github.com/orevaahia/magnet-tokenization', licence: 'none' },
  },
  topics: ['text tokens'],
  place: 65,
  claims: [
    {
      text: 'The numbers of segments of a sentence become more equal across languages; 1 would be as many as in Latin script.',
      number: 1,
      unit: '× Latin',
      figure: 'most',
      where: 'abstract',
    },
    {
      text: 'With the published example’s priors a segment has 12.5 bytes in Devanagari, where it has 5 in Latin script.',
      number: 12.5,
      unit: 'bytes',
      figure: 'devanagari-bytes',
      where: 'configuration in the published code',
    },
  ],
  simplifications: [
    'The language model is an n-gram model of bytes that forgets what is before a boundary, at most 4 bytes; the paper’s is a transformer of 16 layers that works on the segments.',
    'A predictor looks at the last 4 bytes by a linear model; the paper’s is a small network on the states of a transformer.',
    'The loss over all divisions is computed exactly; the paper draws relaxed random divisions.',
    'The prior weighs 20 times as much as the published loss gives it per byte, our choice: this byte model never gains by a boundary, so that with less weight it would have none.',
    'It learns from articles 2 to 30 of the Universal Declaration of Human Rights in English, Russian and Hindi; the number of segments follows from the priors, and what is learned is where they end.',
  ],
  question:
    'With one prior for all scripts, how many times as many segments as the English sentence will the Hindi one have?',
};
