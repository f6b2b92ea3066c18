import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundariesOf, boundaryF1, differingChunks, lowerBound } from './boundaries';

const LENGTH = 40;

/** Boundaries of a text of 40 bytes. */
const cuts = fc
  .uniqueArray(fc.integer({ min: 1, max: LENGTH - 1 }), { maxLength: 20 })
  .map((places) => Uint32Array.from(places).sort());

/** Tokens that tile the text between the boundaries. */
function tiling(boundaries: Uint32Array) {
  return {
    starts: Uint32Array.from([0, ...boundaries]),
    ends: Uint32Array.from([...boundaries, LENGTH]),
  };
}

describe('boundariesOf', () => {
  it('finds the boundaries of tokens that tile a text', () => {
    fc.assert(
      fc.property(cuts, (places) => {
        expect(boundariesOf(tiling(places), LENGTH)).toEqual(places);
      }),
    );
  });

  it('takes overlaps, gaps, empty tokens and disorder', () => {
    const starts = Uint32Array.from([0, 0, 5, 9, 7]);
    const ends = Uint32Array.from([0, 3, 9, 9, 12]);
    expect([...boundariesOf({ starts, ends }, 16)]).toEqual([3, 5, 7, 9, 12]);
    expect(boundariesOf({ starts: new Uint32Array(0), ends: new Uint32Array(0) }, 0)).toHaveLength(0);
  });
});

describe('boundaryF1', () => {
  it('is 1 against itself, symmetric, and between 0 and 1', () => {
    fc.assert(
      fc.property(cuts, cuts, (a, b) => {
        expect(boundaryF1(a, a)).toBe(1);
        const value = boundaryF1(a, b);
        expect(boundaryF1(b, a)).toBe(value);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('is the harmonic mean of precision and recall', () => {
    const a = Uint32Array.from([2, 4, 6, 8]);
    const b = Uint32Array.from([4, 9]);
    const [precision, recall] = [1 / 4, 1 / 2];
    expect(boundaryF1(a, b)).toBeCloseTo((2 * precision * recall) / (precision + recall), 12);
    expect(boundaryF1(a, new Uint32Array(0))).toBe(0);
  });
});

describe('differingChunks', () => {
  it('finds the smallest stretches between shared boundaries', () => {
    const a = Uint32Array.from([3, 5, 8, 20]);
    const b = Uint32Array.from([3, 6, 8, 12, 16]);
    const { starts, ends } = differingChunks(a, b, LENGTH);
    expect([...starts]).toEqual([3, 8]);
    expect([...ends]).toEqual([8, LENGTH]);
  });

  it('tiles the text together with what is cut alike', () => {
    fc.assert(
      fc.property(cuts, cuts, (a, b) => {
        const { starts, ends } = differingChunks(a, b, LENGTH);
        const isEnd = (place: number) =>
          place === 0 || place === LENGTH || (a.includes(place) && b.includes(place));
        let at = 0;
        for (let i = 0; i < starts.length; i++) {
          expect(starts[i]).toBeGreaterThanOrEqual(at);
          // Between two chunks both have the same boundaries.
          const alike = (of: Uint32Array) => [...of].filter((place) => place >= at && place <= starts[i]!);
          expect(alike(a)).toEqual(alike(b));
          expect(isEnd(starts[i]!) && isEnd(ends[i]!)).toBe(true);
          const within = [...a, ...b].filter((place) => place > starts[i]! && place < ends[i]!);
          expect(within.length).toBeGreaterThan(0);
          expect(within.some(isEnd)).toBe(false);
          at = ends[i]!;
        }
        const rest = (of: Uint32Array) => [...of].filter((place) => place >= at);
        expect(rest(a)).toEqual(rest(b));
        expect(differingChunks(b, a, LENGTH)).toEqual({ starts, ends });
      }),
    );
  });

  it('finds none between a tokenizer and itself, and thousands where there are', () => {
    const a = Uint32Array.from({ length: 9_999 }, (_, i) => 2 * i + 2);
    const b = Uint32Array.from({ length: 9_999 }, (_, i) => 2 * i + 1 + (i % 2));
    expect(differingChunks(a, a, 20_000).starts).toHaveLength(0);
    expect(differingChunks(a, b, 20_000).starts.length).toBeGreaterThan(4_000);
  });
});

it('lowerBound finds the first value that is not below', () => {
  const values = Uint32Array.from([2, 4, 4, 9]);
  expect([0, 2, 3, 4, 5, 9, 10].map((value) => lowerBound(values, value))).toEqual([0, 0, 1, 1, 3, 3, 4]);
});
