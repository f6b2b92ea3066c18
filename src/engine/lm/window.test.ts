import { expect, it } from 'vitest';
import { windowBegin, windowEnd } from './window';

it('shows the first places everything, and later ones the last half of a context at least', () => {
  for (const [place, begin] of [
    [0, 0],
    [511, 0],
    [512, 256],
    [767, 256],
    [768, 512],
    [10_000, 9728],
  ] as const) {
    expect(windowBegin(place, 512)).toBe(begin);
    expect(windowEnd(place, 512)).toBe(begin + 512);
  }
  const seen = Array.from({ length: 2500 }, (_, i) => 512 + i - windowBegin(512 + i, 512) + 1);
  expect([Math.min(...seen), Math.max(...seen)]).toEqual([257, 512]);
});
