import { per } from '../per';
import type { TextMeasure } from '../text-measures';

export const tokensPerByte: TextMeasure = {
  id: 'tokens-per-byte',
  label: 'Tokens per byte',
  unit: 'tokens',
  summary: 'Tokens for each byte of the text: 1 where every byte is a token.',
  better: 'lower',
  range: [0, 1],
  cost: 'cheap',
  place: 4,
  compute: (cut) => per(cut.tokens.ids.length, cut.bytes),
};
