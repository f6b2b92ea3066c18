import type { DearTextMeasure } from '../dear-text-measures';
import { per } from '../per';
import { countTokens, isPartial, tokenText } from '../token-texts';

export const singleCharacters: DearTextMeasure = {
  id: 'single-characters',
  label: 'Single characters',
  unit: 'of tokens',
  summary: 'Share of tokens that are one character, not counting a space before it.',
  better: 'lower',
  range: [0, 1],
  cost: 'dear',
  place: 42,
  compute: (text) =>
    per(
      countTokens(text, (i) => !isPartial(text, i) && /^ ?.$/su.test(tokenText(text, i))),
      text.tokens.ids.length,
    ),
};
