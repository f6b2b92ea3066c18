import type { DearTextMeasure } from '../dear-text-measures';
import { per } from '../per';
import { eachTokenAndWord } from '../token-texts';

export const tokensOverWords: DearTextMeasure = {
  id: 'tokens-over-words',
  label: 'Tokens over several words',
  unit: 'of tokens',
  summary: 'Share of tokens that hold parts of two words or more.',
  better: undefined,
  range: [0, 1],
  cost: 'dear',
  place: 23,
  compute(text) {
    const { tokens, wordSpans } = text;
    let count = 0;
    eachTokenAndWord(text, (token, word) => {
      if ((wordSpans.starts[word + 1] ?? Number.POSITIVE_INFINITY) < tokens.ends[token]!) count++;
    });
    return per(count, tokens.ids.length);
  },
};
