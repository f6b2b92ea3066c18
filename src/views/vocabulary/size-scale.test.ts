import { expect, it } from 'vitest';
import { shortCount, shortSize, sizeScale } from './size-scale';

it('places sizes logarithmically, and finds them again', () => {
  const scale = sizeScale(256, 200_000);
  expect([scale.shareOf(256), scale.shareOf(200_000)]).toEqual([0, 1]);
  expect(scale.shareOf(Math.sqrt(256 * 200_000))).toBeCloseTo(0.5);
  for (const size of [256, 257, 1000, 31_337, 199_999]) expect(scale.valueAt(scale.shareOf(size))).toBe(size);
  expect([scale.shareOf(1), scale.shareOf(1e9)]).toEqual([0, 1]);
  expect(scale.marks).toEqual([500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000]);
  expect(scale.marks.map(shortSize)).toEqual(['500', '1k', '2k', '5k', '10k', '20k', '50k', '100k']);
});

it('is in one place where there is only one size', () => {
  expect(sizeScale(300, 300).shareOf(300)).toBe(0);
  expect(sizeScale(300, 300).valueAt(1)).toBe(300);
});

it('says large counts in few characters', () => {
  expect([0, 500, 20_000, 150_000, 1_200_000].map(shortCount)).toEqual(['0', '500', '20k', '150k', '1.2M']);
});
