import type { DearTextMeasure } from '../dear-text-measures';

export const distinctTokens: DearTextMeasure = {
  id: 'distinct-tokens',
  label: 'Distinct tokens',
  isCount: true,
  unit: 'tokens',
  summary: 'How many different tokens the text uses.',
  better: undefined,
  cost: 'dear',
  place: 31,
  compute: ({ tokens }) => new Set(tokens.ids).size,
};
