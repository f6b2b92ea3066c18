import type { TextMeasure } from '../text-measures';

export const tokens: TextMeasure = {
  id: 'tokens',
  label: 'Tokens',
  short: 'tokens',
  isCount: true,
  unit: 'tokens',
  summary: 'How many tokens the text becomes.',
  better: 'lower',
  cost: 'cheap',
  place: 1,
  compute: (cut) => cut.tokens.ids.length,
};
