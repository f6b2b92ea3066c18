import { per } from '../per';
import type { TextMeasure } from '../text-measures';

export const charactersPerToken: TextMeasure = {
  id: 'characters-per-token',
  label: 'Characters per token',
  short: 'chars/token',
  unit: 'characters',
  summary: 'Unicode code points of the text for each token.',
  better: 'higher',
  cost: 'cheap',
  place: 3,
  compute: (cut) => per(cut.codePoints, cut.tokens.ids.length),
};
