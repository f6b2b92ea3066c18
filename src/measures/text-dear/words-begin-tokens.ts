import { decodeUtf8 } from '../../core/text/utf8';
import type { DearTextMeasure } from '../dear-text-measures';
import { per } from '../per';

export const wordsBeginTokens: DearTextMeasure = {
  id: 'words-begin-tokens',
  label: 'Words that begin a token',
  unit: 'of words',
  summary: 'Share of words that begin where a token begins, or after its leading space.',
  better: 'higher',
  range: [0, 1],
  cost: 'dear',
  place: 21,
  compute({ tokens, wordSpans, utf8 }) {
    let token = 0;
    let count = 0;
    for (const start of wordSpans.starts) {
      while (token < tokens.ids.length && tokens.ends[token]! <= start) token++;
      if (token === tokens.ids.length) break;
      const from = tokens.starts[token]!;
      if (from > start) continue;
      if (from === start || decodeUtf8(utf8.subarray(from, start)).trim() === '') count++;
    }
    return per(count, wordSpans.starts.length);
  },
};
