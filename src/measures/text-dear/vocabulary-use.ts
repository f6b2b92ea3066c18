import type { DearTextMeasure } from '../dear-text-measures';
import { per } from '../per';

export const vocabularyUse: DearTextMeasure = {
  id: 'vocabulary-use',
  label: 'Vocabulary used',
  unit: 'of the vocabulary',
  summary: 'Share of the vocabulary that the text uses.',
  better: undefined,
  range: [0, 1],
  cost: 'dear',
  place: 32,
  compute: ({ tokens, vocabularySize }) => per(new Set(tokens.ids).size, vocabularySize),
};
