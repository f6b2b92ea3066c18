import { describe, expect, it } from 'vitest';
import { NO_CHANGES } from '../../../core/text/token-changes';
import { NO_GLYPHS } from '../../../core/text/token-glyphs';
import type { Segmentation } from '../../../engine/text/text.api';
import { type Contender, formatChange, formatPrice, rank, readPrice } from './ranking';

function contender(id: string, tokens: number, lost = 0): Contender {
  const array = new Uint32Array(tokens);
  const segmentation: Segmentation = {
    tokens: { ids: array, starts: array, ends: array },
    hues: new Uint8Array(tokens),
    glyphs: NO_GLYPHS,
    changes: NO_CHANGES,
    loss: lost > 0 ? { unknown: '[UNK]', tokens: 1, bytes: lost } : null,
    rows: { count: 0, tokens: array, offsets: new Int32Array(0), end: 120 },
    options: { width: 80, ids: false },
    vocabularySize: 100,
    notes: [],
    bytes: 120,
    codePoints: 120,
    words: 20,
  };
  return { id, segmentation, isBusy: false };
}

const THREE = [contender('a', 60), contender('b', 30), contender('c', 40)];

describe('rank', () => {
  it('puts the cheapest first, and the others against it', () => {
    const { ranked, reference } = rank(THREE, 'tokens', '', {});
    expect(ranked.map(({ id, value }) => [id, value])).toEqual([
      ['b', 30],
      ['c', 40],
      ['a', 60],
    ]);
    expect(reference).toBe('b');
    expect(ranked.map(({ change }) => change)).toEqual([undefined, 40 / 30 - 1, 1]);
    expect(ranked.map(({ isBest }) => isBest)).toEqual([true, false, false]);
    expect(ranked.map(({ share }) => share)).toEqual([0.5, 40 / 60, 1]);
  });

  it('compares with the chosen one, and with the cheapest where that has no place', () => {
    expect(rank(THREE, 'tokens', 'a', {}).ranked.map(({ change }) => change)).toEqual([
      -0.5,
      40 / 60 - 1,
      undefined,
    ]);
    expect(rank(THREE, 'tokens', 'gone', {}).reference).toBe('b');
  });

  it('takes most bytes per token for the best, and fewest tokens per word', () => {
    expect(rank(THREE, 'bytes-per-token', '', {}).ranked.map(({ value }) => value)).toEqual([4, 3, 2]);
    expect(rank(THREE, 'fertility', '', {}).ranked.map(({ value }) => value)).toEqual([1.5, 2, 3]);
  });

  it('makes no price up', () => {
    const { ranked, unranked } = rank(THREE, 'price', '', { a: 1, c: 3 });
    expect(ranked.map(({ id, value }) => [id, value])).toEqual([
      ['a', 60 / 1e6],
      ['c', 120 / 1e6],
    ]);
    expect(unranked).toEqual([{ id: 'b', reason: 'no price' }]);
    expect(rank(THREE, 'price', '', { a: 0, c: 3 }).ranked.map(({ change }) => change)).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('gives no place to one that loses text, that waits or that failed', () => {
    const all: Contender[] = [
      contender('lossy', 5, 88),
      { id: 'failed', segmentation: undefined, isBusy: false },
      ...THREE,
      { id: 'late', segmentation: undefined, isBusy: true },
    ];
    const { ranked, unranked } = rank(all, 'tokens', 'lossy', {});
    expect(ranked.map(({ id }) => id)).toEqual(['b', 'c', 'a']);
    expect(ranked[0]!.change).toBeUndefined();
    expect(unranked.map(({ id, reason }) => [id, reason])).toEqual([
      ['lossy', 'lossy'],
      ['failed', 'failed'],
      ['late', 'waiting'],
    ]);
  });

  it('finds nothing to compare in one tokenizer, or in no text', () => {
    expect(rank([THREE[0]!], 'tokens', '', {}).ranked).toMatchObject([{ change: undefined, isBest: false }]);
    const empty = rank([contender('a', 0), contender('b', 0)], 'tokens', '', {}).ranked;
    expect(empty.every(({ change, isBest, share }) => change === undefined && !isBest && share === 0)).toBe(
      true,
    );
    expect(rank([contender('a', 0)], 'bytes-per-token', '', {}).unranked).toMatchObject([
      { reason: 'no value' },
    ]);
  });

  it('names all that share the first place', () => {
    const { ranked } = rank([contender('a', 3), contender('b', 3), contender('c', 4)], 'tokens', '', {});
    expect(ranked.map(({ isBest }) => isBest)).toEqual([true, true, false]);
    expect(ranked[1]!.change).toBe(0);
  });
});

it('formats changes with their sign', () => {
  expect([0.254, -0.3333, 0.004, -0.0001, 0, 12.5].map(formatChange)).toEqual([
    '+25 %',
    '−33 %',
    '+0.4 %',
    '−<0.1 %',
    'equal',
    '+1,250 %',
  ]);
});

it('formats prices, however small, and reads them', () => {
  expect([0, 0.0003775, 0.5, 1.5, 12345.6].map(formatPrice)).toEqual([
    '$0',
    '$0.000378',
    '$0.500',
    '$1.50',
    '$12,346',
  ]);
  expect(['', ' 2.5 ', '$0,15', '0', 'a lot', '-1', '1e9', '1.2.3', '999999'].map(readPrice)).toEqual([
    undefined,
    2.5,
    0.15,
    0,
    null,
    null,
    null,
    null,
    null,
  ]);
});
