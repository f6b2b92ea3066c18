import { expect, it } from 'vitest';
import { unbroken } from '../unbroken';
import type { Ranking, Unranked } from './ranking';
import { headline } from './words';

const one = (id: string, value: number, isBest: boolean) => ({
  id,
  value,
  share: 1,
  change: undefined,
  isBest,
});
const say = (ranking: Omit<Ranking, 'reference'>) =>
  headline({ ...ranking, reference: undefined }, 'tokens', (id) => id, false);

it('gives a verdict once every tokenizer is done, and says "so far" before', () => {
  const ranked = [one('a', 3, true), one('b', 4, false)];
  const waiting: Unranked[] = [{ id: 'c', reason: 'waiting' }];
  expect(say({ ranked, unranked: [] })).toBe('a needs the fewest tokens.');
  expect(say({ ranked, unranked: waiting })).toBe('a needs the fewest tokens so far.');
  expect(say({ ranked, unranked: [{ id: 'c', reason: 'failed' }] })).toBe('a needs the fewest tokens.');
  const equal = [one('a', 3, true), one('b', 3, true)];
  expect(say({ ranked: equal, unranked: waiting })).toBe('No difference between them so far.');
  expect(say({ ranked: [...equal, one('c', 4, false)], unranked: waiting })).toBe(
    'a and b need the fewest tokens so far.',
  );
  expect(say({ ranked: [], unranked: [...waiting, ...waiting] })).toBe('Tokenizing …');
});

it('keeps the number of a name with it', () => {
  expect(['Gemma 3', 'UTF-8 bytes', 'o200k', 'GPT-2 my file 12'].map(unbroken)).toEqual([
    'Gemma\u00a03',
    'UTF-8 bytes',
    'o200k',
    'GPT-2 my file\u00a012',
  ]);
});
