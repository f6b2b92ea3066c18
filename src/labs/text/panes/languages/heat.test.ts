import { expect, it } from 'vitest';
import { heat, heatShare } from './heat';

it('spreads the premiums that are seen most', () => {
  expect([1, 16, 40, 0.6, 0.1].map(heatShare)).toEqual([0, 1, 1, 1, 1]);
  const shares = [1, 1.2, 1.5, 1.87, 2.5, 4, 8, 16].map(heatShare);
  for (let i = 1; i < shares.length; i++) expect(shares[i]! - shares[i - 1]!).toBeGreaterThan(0.08);
  expect(heatShare(1.87)).toBeGreaterThan(0.4);
  expect(heat(undefined)).toBeUndefined();
});
