import { describe, expect, it } from 'vitest';
import { LARGEST_SEED, standardNormal } from './noise';

describe('standardNormal', () => {
  // Computed independently in Python with numpy, from the description in docs/adding-an-image-model.md.
  it.each([
    [0, [1.62643229961, 0.00336973532103, 1.05099582672, 1.37627637386, -1.18438744545, -0.344492465258]],
    [1, [0.965974032879, 0.0166058056056, 1.12310421467, -0.134352535009, -0.0492278635502, 0.248681262136]],
    [
      LARGEST_SEED,
      [0.173573985696, 0.43423345685, 0.767988443375, -0.281628131866, -0.562447249889, -0.141176789999],
    ],
  ])('gives fixed values for seed %i', (seed, expected) => {
    const values = standardNormal(seed, expected.length);
    expect([...values]).toEqual(expected.map((value) => expect.closeTo(value, 6)));
  });

  it('goes on alike whatever the length, also an odd one', () => {
    const long = standardNormal(7, 64);
    expect(standardNormal(7, 5)).toEqual(long.slice(0, 5));
    expect(standardNormal(7, 0)).toHaveLength(0);
    const picture = standardNormal(0, 3 * 64 * 64);
    expect(picture[5000]).toBeCloseTo(-0.56369936, 6);
    expect(picture.at(-1)).toBeCloseTo(-2.00688243, 6);
  });

  it('is normal: mean, spread, and the shares within one and two standard deviations', () => {
    const count = 50_000;
    const values = [...standardNormal(3, count)];
    const share = (limit: number) => values.filter((value) => Math.abs(value) < limit).length / count;
    const mean = values.reduce((sum, value) => sum + value, 0) / count;
    // Four standard errors.
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(count));
    expect(share(1)).toBeCloseTo(0.6827, 2);
    expect(share(2)).toBeCloseTo(0.9545, 2);
    expect(values.every(Number.isFinite)).toBe(true);
  });
});
