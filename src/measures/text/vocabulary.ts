import type { TextMeasure } from '../text-measures';

export const vocabulary: TextMeasure = {
  id: 'vocabulary',
  label: 'Vocabulary',
  short: 'vocabulary',
  isCount: true,
  unit: 'tokens',
  summary: 'How many tokens the tokenizer can choose from.',
  better: undefined,
  cost: 'cheap',
  place: 5,
  compute: (cut) => cut.vocabularySize,
};
