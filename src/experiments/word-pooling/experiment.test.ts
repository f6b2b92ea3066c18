import { expect, it } from 'vitest';
import { readState } from '../experiment';
import { runOn } from '../testing/run';
import { experiment, inputTable } from './experiment';

const text = 'The tokenizer is untokenizable.\nSo it is.';

it('counts words between spaces, their positions and pairs', async () => {
  const { figures, result } = await runOn(experiment, text, { slots: 2, typos: 0 });
  // The | tokenizer | is | untokenizable.\nSo | it | is.
  expect(figures).toMatchObject({ bytes: 41, positions: 12, 'positions-per-word': 2 });
  expect(figures['bytes-per-word']).toBeCloseTo(41 / 6, 10);
  expect(figures['attention']).toBeCloseTo((100 * 12 ** 2) / 41 ** 2, 10);
  // (p/w)², as the paper has it: the same as (n/w)²p² of n².
  expect(figures['attention']).toBeCloseTo(100 * (2 / (41 / 6)) ** 2, 10);
  expect(result.lengths.bytes.flatMap((count, length) => Array(count).fill(length))).toEqual([
    2, 2, 3, 3, 9, 17,
  ]);
  expect(figures['cut']).toBeCloseTo(100 / 6, 10);
  expect((await runOn(experiment, text, { room: 17 })).figures['cut']).toBe(0);
});

it('counts a character of several bytes once where words are made of characters', async () => {
  const hindi = 'विश्वविद्यालय के';
  expect((await runOn(experiment, hindi, { unit: 'bytes' })).figures['cut']).toBe(50);
  expect((await runOn(experiment, hindi, { unit: 'characters', room: 13 })).figures['cut']).toBe(0);
});

it('changes one word with one typo, and never their number', async () => {
  const { result } = await runOn(experiment, text);
  for (const { typos, words, wordsChanged } of result.curve)
    expect([words, wordsChanged]).toEqual([6, typos]);
  expect(result.curve.map(({ typos }) => typos)).toEqual(
    [...result.curve.keys()].map((i) => Math.round(i * 0.1)),
  );
  expect(result.curve[0]).toMatchObject({ tokensChanged: 0, wordsChanged: 0 });
  expect(result.curve.at(-1)!.tokensChanged).toBeGreaterThan(2);
});

it('has the parameters of the published defaults', () => {
  const total = inputTable(readState(experiment, {})).reduce((sum, { count }) => sum + count, 0);
  // 256 bytes, 4 rows that ask, 16 places, and two layers of 12 d² each, by hand.
  expect(total).toBe((256 + 4 + 16) * 768 + 2 * 12 * 768 * 768);
});

it('takes an empty text, a text without words and strange ones', async () => {
  const { figures } = await runOn(experiment, '');
  expect(figures).toMatchObject({ bytes: 0, positions: 0, 'positions-per-word': undefined, cut: undefined });
  expect(figures['subwords-changed']).toBeUndefined();
  expect(figures['bytes-kept']).toBeUndefined();
  expect((await runOn(experiment, '  \ud800 ')).figures['words-changed']).toBe(0);
  expect(() => readState(experiment, { typos: 7 })).toThrow(/^typos is not usable/);
});
