import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differingChunks } from '../../../../core/text/boundaries';
import type { TextDiff } from '../../../../engine/text/compare.api';
import { divide, partsOf, rowAt, tokenAt } from './row-parts';
import { pairOf } from './settings';

const LENGTH = 40;
const places = fc
  .uniqueArray(fc.integer({ min: 1, max: LENGTH - 1 }), { maxLength: 20 })
  .map((all) => Uint32Array.from(all).sort());

function diffOf(over: Uint32Array, under: Uint32Array, breaks: Uint32Array): TextDiff {
  return {
    over,
    under,
    places: differingChunks(over, under, LENGTH),
    rows: Uint32Array.from([0, ...breaks]),
    bytes: LENGTH,
  };
}

describe('partsOf', () => {
  it('sets what differs apart from what both have', () => {
    const diff = diffOf(Uint32Array.from([3, 6, 8]), Uint32Array.from([3, 5, 8]), Uint32Array.from([7]));
    expect(partsOf(diff, 0)).toEqual([
      { start: 0, end: 3, place: -1, continues: false, over: [[0, 3]], under: [[0, 3]] },
      {
        start: 3,
        end: 7,
        place: 0,
        continues: false,
        over: [
          [3, 6],
          [6, 7],
        ],
        under: [
          [3, 5],
          [5, 7],
        ],
      },
    ]);
    expect(partsOf(diff, 1)).toMatchObject([
      { start: 7, end: 8, place: 0, continues: true, over: [[7, 8]], under: [[7, 8]] },
      { start: 8, end: LENGTH, place: -1 },
    ]);
  });

  it('tiles every row twice, whatever the boundaries', () => {
    fc.assert(
      fc.property(places, places, places, (over, under, breaks) => {
        const diff = diffOf(over, under, breaks);
        for (const line of ['over', 'under'] as const) {
          let at = 0;
          for (let row = 0; row < diff.rows.length; row++) {
            expect(diff.rows[row]).toBe(at);
            for (const part of partsOf(diff, row)) {
              for (const [start, end] of part[line]) {
                expect(start).toBe(at);
                expect(end).toBeGreaterThan(start);
                at = end;
              }
            }
          }
          expect(at).toBe(LENGTH);
        }
        const shown = [...diff.rows].flatMap((_, row) => partsOf(diff, row));
        const begun = shown.filter(({ place, continues }) => place >= 0 && !continues);
        expect(begun.map(({ place }) => place)).toEqual([...diff.places.starts.keys()]);
      }),
    );
  });
});

it('finds tokens and rows by bytes', () => {
  const tokens = { starts: Uint32Array.from([0, 3, 3, 9]), ends: Uint32Array.from([3, 3, 7, 12]) };
  expect([0, 2, 3, 6, 7, 8, 9, 12].map((at) => tokenAt(tokens, at))).toEqual([0, 0, 2, 2, -1, -1, 3, -1]);
  expect([0, 4, 5, 99].map((byte) => rowAt(Uint32Array.from([0, 5, 9]), byte))).toEqual([0, 0, 1, 2]);
  expect(divide(Uint32Array.from([2, 5]), 2, 4)).toEqual([[2, 4]]);
});

it('takes the wanted pair where both are here, else those that come first', () => {
  const ids = ['a', 'b', 'c'];
  expect(pairOf(ids, { over: 'c', under: 'a' })).toEqual(['c', 'a']);
  expect(pairOf(ids, { over: '', under: '' })).toEqual(['a', 'b']);
  expect(pairOf(ids, { over: 'b', under: 'gone' })).toEqual(['b', 'a']);
  expect(pairOf(ids, { over: 'gone', under: 'a' })).toEqual(['b', 'a']);
  expect(pairOf(ids, { over: 'b', under: 'b' })).toEqual(['b', 'a']);
  expect(pairOf(['a'], { over: 'a', under: 'a' })).toBeUndefined();
});
