import type { DearTextMeasure } from '../dear-text-measures';
import { per } from '../per';
import { countTokens, isPartial } from '../token-texts';

export const byteFallbackRate: DearTextMeasure = {
  id: 'byte-fallback-rate',
  label: 'Byte fallback',
  unit: 'of tokens',
  summary: 'Share of tokens that begin or end within a character, because the vocabulary lacks it.',
  better: 'lower',
  range: [0, 1],
  cost: 'dear',
  place: 41,
  compute: (text) =>
    per(
      countTokens(text, (i) => isPartial(text, i)),
      text.tokens.ids.length,
    ),
};
