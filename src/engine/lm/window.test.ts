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
  for (let place = 512; place < 3000; place++) {
    const seen = place - windowBegin(place, 512) + 1;
    expect(seen).toBeGreaterThan(256);
    expect(seen).toBeLessThanOrEqual(512);
  }
});
