import type { DearTextMeasure } from '../dear-text-measures';
import { per } from '../per';
import { tokenText } from '../token-texts';

export const digitsPerNumberToken: DearTextMeasure = {
  id: 'digits-per-number-token',
  label: 'Digits per number token',
  unit: 'digits',
  summary: 'Decimal digits for each token that holds a digit.',
  better: undefined,
  cost: 'dear',
  place: 43,
  compute(text) {
    let digits = 0;
    let tokens = 0;
    for (let i = 0; i < text.tokens.ids.length; i++) {
      const found = tokenText(text, i).match(/\p{Nd}/gu)?.length ?? 0;
      digits += found;
      tokens += Number(found > 0);
    }
    return per(digits, tokens);
  },
};
