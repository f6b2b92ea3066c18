import { expect, it } from 'vitest';
import { DIFFERENCE_GAIN, difference } from './paint';

it('brightens the absolute difference, opaque, and saturates', () => {
  const a = new Uint8ClampedArray([10, 200, 0, 255]);
  const b = new Uint8ClampedArray([13, 190, 255, 255]);
  expect([...difference(a, b)]).toEqual([3 * DIFFERENCE_GAIN, 10 * DIFFERENCE_GAIN, 255, 255]);
});
