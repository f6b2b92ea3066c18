import { expect, it } from 'vitest';
import { readState } from '../experiment';
import { runOn } from '../testing/run';
import { experiment, inputTable } from './experiment';

it('has about a tenth of the parameters of BERT’s table', async () => {
  const { figures } = await runOn(experiment, 'A short text.');
  // BERT-base, uncased: 30,522 rows of 768. By hand: 256 rows and 16 places of 768, a query, four projections.
  expect(figures['subword-table']).toBe(30_522 * 768);
  expect(figures['table']).toBe(272 * 768 + 768 + 4 * 768 * 768);
  expect(figures['table-share']).toBeCloseTo(10.96, 2);
  const narrow = inputTable(readState(experiment, { byteWidth: 64 }));
  expect(narrow.map(({ count }) => count)).toEqual([256 * 64, 16 * 64, 768, 2 * 768 * 768, 2 * 64 * 768]);
});

it('keeps the bytes of a word with a typo, and few of its subwords', async () => {
  const { figures, result } = await runOn(experiment, 'language');
  // One typo in a word of 8 letters: a swap keeps all bytes, a change of case or a lost letter 7 of 8.
  expect([87.5, 100]).toContain(figures['bytes-kept']);
  expect(result.examples).toHaveLength(1);
  const many = await runOn(experiment, 'another language without borders '.repeat(20), { seed: 3 });
  expect(many.figures['bytes-kept']).toBeGreaterThan(85);
  expect(many.figures['subwords-kept']).toBeLessThan(60);
});

it('reads a change of case for BERT, which folds it, as no change of its subwords', async () => {
  const folded = (await runOn(experiment, 'language '.repeat(200))).figures['subwords-kept']!;
  const exact = (await runOn(experiment, 'language '.repeat(200), { against: 'gpt2' })).figures[
    'subwords-kept'
  ]!;
  expect(folded).toBeGreaterThan(exact + 20);
});

it('cuts words that have no room, and has no figures for no text', async () => {
  expect((await runOn(experiment, 'short internationalization')).figures['cut']).toBe(50);
  expect((await runOn(experiment, ' \n')).figures).toMatchObject({ cut: undefined, 'words-more': undefined });
});
