import { expect, it } from 'vitest';
import { spread } from './spread';

it('leaves labels where they are wanted, and moves those apart that would collide', () => {
  expect(spread([10, 50, 90], 15, [0, 100])).toEqual([10, 50, 90]);
  expect(spread([52, 50, 51], 15, [0, 100])).toEqual([80, 50, 65]);
  expect(spread([98, 99, 100], 15, [0, 100])).toEqual([70, 85, 100]);
  expect(spread([-5], 15, [0, 100])).toEqual([0]);
  expect(spread([], 15, [0, 100])).toEqual([]);
});
