import { expect, it } from 'vitest';
import { curveSizes } from './vocabulary-cut';

it.each([
  [257, 50_257, 48],
  [21_135, 256_000, 48],
  [3, 9, 48],
  [5, 5, 48],
])('sizes from %i to %i are whole, ascending, apart, and have both ends', (smallest, largest, count) => {
  const sizes = curveSizes(smallest, largest, count);
  expect([sizes[0], sizes.at(-1)]).toEqual([smallest, largest]);
  expect(sizes).toEqual([...new Set(sizes)].sort((a, b) => a - b));
  expect(sizes.every(Number.isInteger)).toBe(true);
  expect(sizes.length).toBeLessThanOrEqual(count);
});

it('are close together where the first entries come in', () => {
  const sizes = curveSizes(21_135, 256_000, 48);
  expect(sizes.filter((size) => size < 21_200).length).toBeGreaterThan(6);
});
