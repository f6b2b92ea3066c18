import { expect, it } from 'vitest';
import { skyline } from './skyline';
import { tokenScale } from './token-scale';

it('draws a column for each token from the second on, as wide as its cell', () => {
  expect(skyline(Float32Array.of(1, 0.5, 0.25, 0), tokenScale(4))).toBe(
    'M0 1V0.5H0.5V1zM0.5 1V0.75H0.79248V1z',
  );
});

it('leaves a gap where it is not known', () => {
  expect(skyline(Float32Array.of(Number.NaN, Number.NaN, 0.5, Number.NaN), tokenScale(4))).toBe(
    'M0.5 1V0.5H0.79248V1z',
  );
});

it('merges cells that are narrower than a pixel, and loses no peak', () => {
  const energy = new Float32Array(4096);
  energy[4000] = 0.75;
  const path = skyline(energy, tokenScale(4096));
  expect(path).toMatch(/^M0\.9\d+ 1V0\.25H0\.9\d+V1z$/);
  expect(skyline(energy.fill(0.5), tokenScale(4096)).split('M').length).toBeLessThan(1400);
});
