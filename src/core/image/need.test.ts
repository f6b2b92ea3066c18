import { describe, expect, it } from 'vitest';
import { findNeed, type NeedMethod, reaches } from './need';

const searchOf = (curve: readonly number[], value: number, method: NeedMethod, ordered = true) => {
  const decoded: number[] = [];
  const need = findNeed({
    count: curve.length,
    ordered,
    target: { better: 'higher', value },
    method,
    ticks: [...[1, 2, 4, 8, 16, 32, 64, 128].filter((k) => k < curve.length), curve.length],
    qualityAt: async (k) => {
      decoded.push(k);
      return curve[k - 1]!;
    },
  });
  return need.then((found) => ({ ...found, decoded }));
};

const rising = Array.from({ length: 256 }, (_, i) => 10 + Math.log2(i + 1));

describe('findNeed', () => {
  it.each([1, 2, 3, 4, 5, 100, 128, 129, 200, 255, 256])(
    'finds k = %i of a rising curve, by bisection as by a scan, and decodes no prefix twice',
    async (k) => {
      const value = rising[k - 1]!;
      expect(await searchOf(rising, value, 'scan')).toMatchObject({ k, quality: value, method: 'scan' });
      const found = await searchOf(rising, value, 'bisection');
      expect(found).toMatchObject({ k, quality: value, method: 'bisection' });
      expect(new Set(found.decoded).size).toBe(found.decoded.length);
      expect(found.decoded.length).toBeLessThanOrEqual(9 + 7);
    },
  );

  it.each(['scan', 'bisection'] as const)('says by %s that not even all tokens suffice', async (method) => {
    expect(await searchOf(rising, 18.01, method)).toMatchObject({ k: null, quality: 18, method });
  });

  it('scans where a longer prefix turns out to be worse', async () => {
    const bumpy = [1, 5, 2, 3, 6, 7, 8, 9];
    // Bisection alone would say 5: it meets 2, 4 (worse), 8 and 6.
    expect(await searchOf(bumpy, 5, 'bisection')).toMatchObject({ k: 2 });
    const hidden = [1, 4, 6, 3, 4.5, 5, 7, 8];
    expect(await searchOf(hidden, 5.5, 'bisection')).toMatchObject({ k: 3, method: 'scan' });
    // The last one is worse than the one before: the whole curve is looked at.
    const falling = [1, 2, 5, 4, 4, 4, 4, 3];
    expect(await searchOf(falling, 5, 'bisection')).toMatchObject({ k: 3, method: 'scan' });
  });

  it('takes all tokens or none of a model whose prefixes do not decode', async () => {
    expect(await searchOf(rising, 12, 'bisection', false)).toMatchObject({ k: 256, decoded: [256] });
    expect(await searchOf(rising, 19, 'scan', false)).toMatchObject({ k: null, decoded: [256] });
  });

  it('takes smaller values as better where they are', async () => {
    const falling = [3, 2.5, 2, 1.5, 1, 0.5];
    const need = await findNeed({
      count: 6,
      ordered: true,
      target: { better: 'lower', value: 1.5 },
      method: 'bisection',
      ticks: [1, 2, 4, 6],
      qualityAt: async (k) => falling[k - 1]!,
    });
    expect(need).toEqual({ k: 4, quality: 1.5, method: 'bisection' });
  });
});

it('reaches a target that is equalled', () => {
  expect(reaches(20, { better: 'higher', value: 20 })).toBe(true);
  expect(reaches(19.999, { better: 'higher', value: 20 })).toBe(false);
  expect(reaches(1, { better: 'lower', value: 1 })).toBe(true);
  expect(reaches(Number.POSITIVE_INFINITY, { better: 'higher', value: 90 })).toBe(true);
});
