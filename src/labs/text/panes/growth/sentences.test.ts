import { describe, expect, it } from 'vitest';
import { idsWithoutToken, legendFigures, stateSentence, whyNotCut } from './sentences';

const cut = { by: 'merges', smallest: 257, largest: 50_257, size: 1000, merges: 743 } as const;

describe('what a cut leaves, in words', () => {
  it('names what stays and what comes in, by the kind of the vocabulary', () => {
    expect(stateSentence('GPT-2', cut, 1000, 12)).toBe(
      '1,000 entries of GPT-2, 257 that always stay and what the first 743 merges make: 12 tokens.',
    );
    expect(stateSentence('GPT-2', { ...cut, size: 258, merges: 1 }, 258, 1)).toMatch(
      /the first merge makes: 1 token\.$/,
    );
    expect(stateSentence('T5', { ...cut, by: 'scores', merges: undefined }, 1000, 12)).toMatch(
      /the 743 of best score/,
    );
    expect(stateSentence('BERT', { ...cut, by: 'order', merges: undefined }, 1000, 12)).toMatch(
      /the first 743 of the others/,
    );
  });

  it('says where the slider is beyond what a vocabulary can have', () => {
    const all = stateSentence('GPT-2', { ...cut, size: 50_257, merges: 50_000 }, 90_000, 12);
    expect(all).toBe('All 50,257 entries of GPT-2: 12 tokens. GPT-2 has no more entries.');
    const least = stateSentence('GPT-2', { ...cut, size: 257, merges: 0 }, 100, 12);
    expect(least).toMatch(/^The 257 entries of GPT-2 that always stay: 12 tokens\. GPT-2 cannot have fewer/);
  });

  it('says with which size a count is, where the vocabulary cannot be as small or large as asked', () => {
    const curve = { ...cut, sizes: [257, 50_257], counts: [90, 12] };
    expect(legendFigures(1000, curve)).toBe('12 with all 50,257 entries');
    expect(legendFigures(60_000, curve)).toBe('with all 50,257 entries');
    expect(legendFigures(100, curve)).toBe('with 257 entries, its fewest; 12 with all 50,257 entries');
  });

  it('says which ids are no entries', () => {
    expect(idsWithoutToken(200_019, 200_000)).toBe(
      'Entries are tokens, special ones too; 19 of the 200,019 ids stand for none.',
    );
    expect(idsWithoutToken(50_257, 50_257)).toBe('');
  });

  it('says why there is nothing to cut', () => {
    const all = ['utf8-bytes', 'characters', 'words', undefined].map(whyNotCut);
    expect(new Set(all).size).toBe(4);
  });
});
