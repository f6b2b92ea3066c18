import { expect, it } from 'vitest';
import { wordsBetweenSpaces } from './divided-words';
import { survivors } from './survivors';
import { planTypos, withTypos } from './typos';

const text = 'The quick brown fox jumps over the lazy dog, naïve Straße हिन्दी.';

it('plans one typo for each word of four letters, the same for the same seed', () => {
  const typos = planTypos(text, 7);
  const words = typos.map(({ word }) => text.slice(word.start, word.end)).sort();
  expect(words).toEqual(['Straße', 'brown', 'jumps', 'lazy', 'naïve', 'over', 'quick', 'हिन्दी']);
  expect(planTypos(text, 7)).toEqual(typos);
  expect(planTypos(text, 8)).not.toEqual(typos);
  for (const typo of typos) {
    expect(typo.start).toBeGreaterThanOrEqual(typo.word.start);
    expect(typo.end).toBeLessThanOrEqual(typo.word.end);
    expect(withTypos(text, [typo]).text).not.toBe(text);
  }
});

it('makes every kind of typo, and drops a letter where a swap or a case changes nothing', () => {
  const kinds = new Set<string>();
  for (let seed = 0; seed < 60; seed++) kinds.add(withTypos('abcd', planTypos('abcd', seed)).text);
  expect([...kinds].sort()).toEqual(
    ['Abcd', 'aBcd', 'abCd', 'abcD', 'abc', 'abd', 'acd', 'bcd', 'bacd', 'acbd', 'abdc'].sort(),
  );
  const same = new Set(
    Array.from({ length: 20 }, (_, seed) => withTypos('中中中中', planTypos('中中中中', seed)).text),
  );
  expect([...same]).toEqual(['中中中']);
});

it('knows where places have gone', () => {
  const swap = { start: 1, end: 3, put: 'cb', word: { start: 0, end: 4 } };
  const drop = { start: 6, end: 7, put: '', word: { start: 5, end: 9 } };
  const { text: mistyped, places, typos } = withTypos('abcd efgh', [drop, swap]);
  expect(mistyped).toBe('acbd egh');
  expect(typos).toEqual([swap, drop]);
  expect([...places]).toEqual([0, 1, 3, 3, 4, 5, 6, 6, 7, 8]);
});

it('counts as changed what a typo touches, what is divided otherwise and what has another id', () => {
  const before = 'abcd efgh ijkl';
  const changed = withTypos(before, [{ start: 6, end: 7, put: '', word: { start: 5, end: 9 } }]);
  const kept = (ids?: readonly number[], others?: readonly number[]) => [
    ...survivors(
      { ...wordsBetweenSpaces(before), ...(ids && { ids: Uint32Array.from(ids) }) },
      { ...wordsBetweenSpaces(changed.text), ...(others && { ids: Uint32Array.from(others) }) },
      changed.places,
      changed.typos,
    ).before,
  ];
  expect(kept()).toEqual([1, 0, 1]);
  expect(kept([1, 2, 3], [1, 9, 4])).toEqual([1, 0, 0]);
  // An unchanged text keeps everything; a longer unit beside the typo is lost.
  const same = withTypos(before, []);
  const words = wordsBetweenSpaces(before);
  expect([...survivors(words, words, same.places, []).after]).toEqual([1, 1, 1]);
  const merged = { starts: Uint32Array.of(0, 9), ends: Uint32Array.of(8, 13) };
  expect([...survivors(words, merged, changed.places, changed.typos).before]).toEqual([0, 0, 1]);
});
