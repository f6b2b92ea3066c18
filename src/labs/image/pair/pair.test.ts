import { expect, it } from 'vitest';
import { isWithin, pairOf } from './pair';

it('one lane is compared with the original, two with each other where they share one place', () => {
  expect(pairOf('wipe', null, 1, true)).toEqual([0, 1]);
  expect(pairOf('wipe', null, 3, true)).toEqual([1, 2]);
  expect(pairOf('blink', null, 2, true)).toEqual([1, 2]);
  expect(pairOf('difference', null, 2, true)).toEqual([0, 1]);
  expect(pairOf('heat', null, 2, true)).toEqual([0, 1]);
});

it('without the original two lanes are compared, and one with nothing', () => {
  expect(pairOf('difference', null, 2, false)).toEqual([1, 2]);
  expect(pairOf('wipe', null, 1, false)).toBeNull();
});

it('a chosen pair stands while its pictures exist', () => {
  expect(pairOf('wipe', [2, 0], 2, true)).toEqual([2, 0]);
  expect(pairOf('wipe', [2, 0], 1, true)).toEqual([0, 1]);
  expect(pairOf('difference', [0, 2], 2, false)).toEqual([1, 2]);
  expect(isWithin([0, 3], 2)).toBe(false);
});
