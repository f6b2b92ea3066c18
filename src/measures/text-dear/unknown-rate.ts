import type { DearTextMeasure } from '../dear-text-measures';
import { per } from '../per';
import { countTokens } from '../token-texts';

export const unknownRate: DearTextMeasure = {
  id: 'unknown-rate',
  label: 'Unknown tokens',
  unit: 'of tokens',
  summary: 'Share of tokens that are the unknown token: what they stand for is lost.',
  better: 'lower',
  range: [0, 1],
  cost: 'dear',
  place: 40,
  compute: (text) =>
    per(
      countTokens(text, (i) => text.tokens.ids[i] === text.unknownId),
      text.tokens.ids.length,
    ),
};
