import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Agreement, ENDS_ALONE, OPENS_ALONE, SHARED } from './agreement';

const tiling = (ends: readonly number[]) => ({
  starts: Uint32Array.from([0, ...ends.slice(0, -1)]),
  ends: Uint32Array.from(ends),
});

it('tells shared tokens from those that others cut otherwise', () => {
  const own = tiling([3, 6, 9, 12]);
  const flags = (...others: ReturnType<typeof tiling>[]) => {
    const agreement = new Agreement(own, others, 12);
    return Array.from(own.starts, (_, token) => agreement.of(token));
  };
  expect(flags()).toEqual([SHARED, SHARED, SHARED, SHARED]);
  expect(flags(own, own)).toEqual([SHARED, SHARED, SHARED, SHARED]);
  // Another divides the first token, and joins the two in the middle.
  const other = tiling([1, 3, 9, 12]);
  expect(flags(own, other)).toEqual([0, ENDS_ALONE, OPENS_ALONE, SHARED]);
  expect(flags(tiling([12]))).toEqual([
    ENDS_ALONE,
    OPENS_ALONE | ENDS_ALONE,
    OPENS_ALONE | ENDS_ALONE,
    OPENS_ALONE,
  ]);
});

it('finds a span among tokens that cover the same bytes', () => {
  const own = tiling([3, 6]);
  const other = { starts: Uint32Array.from([0, 0, 0, 3]), ends: Uint32Array.from([0, 3, 3, 6]) };
  expect(new Agreement(own, [other], 6).of(0)).toBe(SHARED);
});

it('agrees with sets of spans and boundaries', () => {
  const cut = fc
    .uniqueArray(fc.integer({ min: 1, max: 29 }), { maxLength: 15 })
    .map((places) => tiling([...places.sort((a, b) => a - b), 30]));
  fc.assert(
    fc.property(cut, fc.array(cut, { maxLength: 3 }), (own, others) => {
      const agreement = new Agreement(own, others, 30);
      for (let token = 0; token < own.starts.length; token++) {
        const [start, end] = [own.starts[token]!, own.ends[token]!];
        const every = (at: number) =>
          others.every(({ starts, ends }) => starts.includes(at) || ends.includes(at));
        const isShared = others.every(({ starts, ends }) =>
          starts.some((other, i) => other === start && ends[i] === end),
        );
        expect(agreement.of(token)).toBe(
          (isShared ? SHARED : 0) | (every(start) ? 0 : OPENS_ALONE) | (every(end) ? 0 : ENDS_ALONE),
        );
      }
    }),
  );
});
