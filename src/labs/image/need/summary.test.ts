import { expect, it } from 'vitest';
import { binsOf, median } from './summary';

it('takes the middle value, or the lower of two', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2);
  expect(median([1, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY])).toBe(Number.POSITIVE_INFINITY);
  expect(median([])).toBeNaN();
});

it('counts needs in doublings, and those that are not reached', () => {
  const bins = binsOf([1, 2, 3, 4, 5, 8, 9, 12, null], 12);
  expect(bins.map(({ label }) => label)).toEqual(['1', '2', '3–4', '5–8', '9–12', '> 12']);
  expect(bins.map(({ count }) => count)).toEqual([1, 1, 2, 2, 2, 1]);
});
