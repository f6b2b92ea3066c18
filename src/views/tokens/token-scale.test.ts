import { expect, it } from 'vitest';
import { shortestStep, tokenScale } from './token-scale';

it('is marked at the doublings and at the end, unless two of them would stand on each other', () => {
  expect(tokenScale(256).marks).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256]);
  expect(tokenScale(32).marks).toEqual([1, 2, 4, 8, 16, 32]);
  expect(tokenScale(144).marks).toEqual([1, 2, 4, 8, 16, 32, 64, 144]);
  expect(tokenScale(1).marks).toEqual([1]);
  for (let count = 2; count < 2000; count++) {
    const scale = tokenScale(count);
    expect(scale.marks.at(-1)).toBe(count);
    expect(shortestStep(scale) * Math.log2(count)).toBeGreaterThanOrEqual(0.75 - 1e-9);
  }
});
