import { expect, it } from 'vitest';
import { stepTo } from './step-to';

it('goes to the next value by an arrow key, and to the nearest by anything else', () => {
  const values = [2, 3, 8, 100];
  expect(stepTo(values, 3, 4)).toBe(8);
  expect(stepTo(values, 8, 7)).toBe(3);
  expect(stepTo(values, 50, 51)).toBe(100);
  expect(stepTo(values, 100, 101)).toBe(100);
  expect(stepTo(values, 2, 1)).toBe(2);
  expect(stepTo(values, 2, 40)).toBe(8);
  expect(stepTo(values, 2, 1000)).toBe(100);
});
