import { expect, it } from 'vitest';
import { domainOf } from './domain';

const ssim = { range: [0, 1], better: 'higher' } as const;

it('a ratio shows the tenths that its values lie in', () => {
  const [low, high] = domainOf(ssim, [0.42, 0.78]);
  expect(low).toBeCloseTo(0.4);
  expect(high).toBeCloseTo(0.8);
  expect(domainOf(ssim, [0.02, 0.99])).toEqual([0, 1]);
});

it('one value has room around it, within the range', () => {
  const [low, high] = domainOf(ssim, [0.99]);
  expect(high).toBe(1);
  expect(high - low).toBeCloseTo(0.2);
});

it('nothing measured shows the whole range', () => {
  expect(domainOf(ssim, [])).toEqual([0, 1]);
  expect(domainOf({ better: 'higher' }, [])).toEqual([10, 30]);
});

it('where less is better, the axis begins at 0', () => {
  expect(domainOf({ better: 'lower' }, [3.2, 0.4])).toEqual([0, 4]);
});

it('decibels get at least four of them', () => {
  expect(domainOf({ better: 'higher' }, [20, 20.1])).toEqual([19, 24]);
});
