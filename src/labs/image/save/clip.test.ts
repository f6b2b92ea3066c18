import { describe, expect, it } from 'vitest';
import { beside } from './clip';

const plain = (width: number, height: number, grey: number) => ({
  width,
  height,
  rgba: new Uint8ClampedArray(4 * width * height).fill(grey),
});

describe('pictures side by side', () => {
  it('keep their pixels, with white between and below', () => {
    const { width, height, rgba } = beside([plain(2, 2, 10), plain(1, 1, 20)]);
    expect([width, height]).toEqual([7, 2]);
    const row = (y: number) => Array.from({ length: 7 }, (_, x) => rgba[4 * (y * 7 + x)]);
    expect(row(0)).toEqual([10, 10, 255, 255, 255, 255, 20]);
    expect(row(1)).toEqual([10, 10, 255, 255, 255, 255, 255]);
  });

  it('alone are themselves', () => {
    const one = plain(3, 3, 1);
    expect(beside([one])).toBe(one);
  });
});
