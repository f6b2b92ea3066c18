import type { DearTextMeasure } from '../dear-text-measures';
import { per } from '../per';
import { tokensPerWord } from '../token-texts';

/** Rust et al. 2021, "How Good is Your Tokenizer?": the proportion of continued words. */
export const continuedWords: DearTextMeasure = {
  id: 'continued-words',
  label: 'Continued words',
  unit: 'of words',
  summary: 'Share of words that take more than one token.',
  better: 'lower',
  range: [0, 1],
  cost: 'dear',
  place: 20,
  compute(text) {
    const counts = tokensPerWord(text);
    return per(
      counts.reduce((sum, count) => sum + Number(count > 1), 0),
      counts.length,
    );
  },
};
