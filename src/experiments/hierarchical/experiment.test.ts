import { expect, it } from 'vitest';
import { sampleTexts } from '../../catalog/texts';
import { readState } from '../experiment';
import { runOn } from '../testing/run';
import { experiment, inputTable } from './experiment';

it('divides as the examples of the published splitter', async () => {
  const { figures, result } = await runOn(experiment, 'Hello, world! how_are_you', { typos: 0 });
  // "Hello,", " world!", " how_", "are_", "you"
  expect(figures).toMatchObject({ positions: 5, bytes: 25, inside: 30 });
  expect([...result.curve[0].excerpt.words.ends]).toEqual([6, 13, 18, 22, 25]);
});

it('marks what typos made, and nothing in a text without typos', async () => {
  const text = sampleTexts.find(({ id }) => id === 'first-look')!.text;
  const { result } = await runOn(experiment, text);
  const [first] = result.curve;
  expect(first.excerpt.words.isNew.some(Boolean) || first.excerpt.tokens.isNew.some(Boolean)).toBe(false);
  expect([first.wordsChanged, first.tokensChanged]).toEqual([0, 0]);
  for (const { excerpt, wordsChanged, tokensChanged, typos } of result.curve.slice(1)) {
    const shown = new TextEncoder().encode(excerpt.text).length;
    expect(Math.max(...excerpt.words.ends, ...excerpt.tokens.ends)).toBeLessThanOrEqual(shown);
    // A typo changes a word at least, and a token; a capital in a word may also divide it.
    expect(wordsChanged).toBeGreaterThanOrEqual(typos * 0.9);
    expect(tokensChanged).toBeGreaterThanOrEqual(wordsChanged * 0.9);
  }
});

it('has a row for each byte that there is, and no more', async () => {
  const { figures } = await runOn(experiment, sampleTexts.find(({ id }) => id === 'mixed-scripts')!.text);
  expect(figures['byte-values']).toBeLessThanOrEqual(256);
  expect((await runOn(experiment, 'abba')).figures['byte-values']).toBe(2);
  expect(inputTable(readState(experiment, { width: 100, byteWidth: 16 })).map(({ count }) => count)).toEqual([
    257 * 16,
    1600,
  ]);
});

it('cuts words at the longest', async () => {
  expect((await runOn(experiment, 'abcdefghij', { longest: 4 })).figures['positions']).toBe(3);
  expect((await runOn(experiment, '')).figures).toMatchObject({
    positions: 0,
    inside: 0,
    attention: undefined,
  });
});
