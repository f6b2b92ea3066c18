import { describe, expect, it } from 'vitest';
import { changeMap, meanSquare, onShareScale, placeOfChange } from './token-change';

/** An RGBA picture of one grey, with a rectangle of another. */
function picture(size: number, grey: number, [x0, y0, x1, y1] = [0, 0, 0, 0], inside = 0): Uint8ClampedArray {
  const out = new Uint8ClampedArray(size * size * 4).fill(255);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const value = x >= x0! && x < x1! && y >= y0! && y < y1! ? inside : grey;
      out.fill(value, (y * size + x) * 4, (y * size + x) * 4 + 3);
    }
  }
  return out;
}

describe('meanSquare', () => {
  it('is that of the colours, whatever the alpha', () => {
    const before = Uint8ClampedArray.of(10, 20, 30, 255, 0, 0, 0, 255);
    const after = Uint8ClampedArray.of(13, 20, 26, 0, 0, 0, 0, 0);
    expect(meanSquare(before, after)).toBeCloseTo((9 + 16) / 6);
    expect(meanSquare(before, before)).toBe(0);
  });

  it('is the sum of the map over all values', () => {
    const [before, after] = [picture(12, 90), picture(12, 90, [2, 3, 9, 7], 200)];
    const sum = changeMap(before, after).reduce((total, value) => total + value, 0);
    expect(meanSquare(before, after)).toBeCloseTo(sum / (12 * 12 * 3));
  });
});

describe('placeOfChange', () => {
  const placed = (box: [number, number, number, number]) =>
    placeOfChange(changeMap(picture(12, 90), picture(12, 90, box, 200)), 12);

  it.each([
    [[0, 0, 3, 3], 'the upper left'],
    [[9, 9, 12, 12], 'the lower right'],
    [[5, 0, 7, 3], 'the upper edge'],
    [[0, 5, 2, 7], 'the left edge'],
    [[5, 5, 7, 7], 'the middle'],
    [[6, 0, 12, 12], 'the right half'],
    [[0, 7, 12, 12], 'the lower half'],
    [[0, 0, 12, 12], 'the whole picture'],
  ] as const)('%s is %s', (box, name) => {
    expect(placed([...box])).toBe(name);
  });

  it('has no name where nothing changes', () => {
    expect(placed([0, 0, 0, 0])).toBeUndefined();
  });
});

describe('onShareScale', () => {
  it('is logarithmic from 0.01 % to 10 %, and clamped', () => {
    expect(onShareScale(1e-4)).toBeCloseTo(0);
    expect(onShareScale(1e-3)).toBeCloseTo(1 / 3);
    expect(onShareScale(1e-1)).toBeCloseTo(1);
    expect(onShareScale(0)).toBe(0);
    expect(onShareScale(0.7)).toBe(1);
    expect(onShareScale(Number.NaN)).toBeNaN();
  });
});
