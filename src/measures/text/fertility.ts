import { per } from '../per';
import type { TextMeasure } from '../text-measures';

export const fertility: TextMeasure = {
  id: 'fertility',
  label: 'Tokens per word',
  unit: 'tokens',
  summary:
    'Tokens for each word, as Unicode divides words (UAX 29): the fertility; 1 where every word is one token.',
  better: 'lower',
  cost: 'cheap',
  place: 4.5,
  compute: (cut) => per(cut.tokens.ids.length, cut.words),
};
