import type { DearTextMeasure } from '../dear-text-measures';
import { per } from '../per';
import { eachTokenAndWord } from '../token-texts';

export const boundariesBetweenWords: DearTextMeasure = {
  id: 'boundaries-between-words',
  label: 'Boundaries between words',
  unit: 'of tokens',
  summary: 'Share of tokens that begin at a word, or outside of words, and not within one.',
  better: 'higher',
  range: [0, 1],
  cost: 'dear',
  place: 22,
  compute(text) {
    const { tokens, wordSpans } = text;
    let within = 0;
    eachTokenAndWord(text, (token, word) => {
      if ((wordSpans.starts[word] ?? Number.POSITIVE_INFINITY) < tokens.starts[token]!) within++;
    });
    return per(tokens.ids.length - within, tokens.ids.length);
  },
};
