import { describe, expect, it } from 'vitest';
import { normalLevels } from './normal-levels';

describe('normalLevels', () => {
  it('are those of TokenBridge, with its 6 bits and range of 5', () => {
    const levels = normalLevels(6, 5);
    expect(levels).toHaveLength(64);
    // Its reconstruction.py gave these in float64.
    const some = [0, 1, 16, 32, 63].map((i) => levels[i]!.toFixed(6));
    expect(some).toEqual(['-4.061826', '-3.323728', '-1.083612', '0.032643', '4.061826']);
    expect([0, 128, 255].map((i) => normalLevels(8, 5)[i]!.toFixed(6))).toEqual([
      '-4.672156',
      '0.008160',
      '4.672156',
    ]);
  });

  it('ascend, and are the same on both sides of zero', () => {
    for (const bits of [1, 2, 5, 8, 9]) {
      const levels = normalLevels(bits, 10);
      expect(levels).toHaveLength(2 ** bits);
      levels.forEach((level, i) => {
        expect(level).toBeCloseTo(-levels[levels.length - 1 - i]!, 9);
        if (i > 0) expect(level).toBeGreaterThan(levels[i - 1]!);
      });
      expect(levels.at(-1)).toBeLessThanOrEqual(10);
    }
  });
});
