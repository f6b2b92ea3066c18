import { describe, expect, it } from 'vitest';
import { cubicTaps, triangleShares } from './resampling';

/** Rows of numbers, rounded to what PyTorch prints. */
const rounded = (rows: readonly (readonly number[])[]) =>
  rows.map((row) => row.map((value) => Math.round(value * 1e6) / 1e6));

/** Both as PyTorch 2.13 gives them for the unit vectors. */
describe('triangleShares', () => {
  it.each([
    [
      4,
      4,
      [
        [1, 0, 0, 0],
        [0, 1, 0, 0],
        [0, 0, 1, 0],
        [0, 0, 0, 1],
      ],
    ],
    [
      2,
      4,
      [
        [1, 0],
        [0.75, 0.25],
        [0.25, 0.75],
        [0, 1],
      ],
    ],
    [8, 1, [[0.09375, 0.114583, 0.135417, 0.15625, 0.15625, 0.135417, 0.114583, 0.09375]]],
  ])('%d to %d', (from, to, expected) => {
    expect(rounded(triangleShares(from, to))).toEqual(expected);
  });
});

describe('cubicTaps', () => {
  it.each([
    [
      2,
      4,
      [
        [1.105469, -0.105469],
        [0.773438, 0.226563],
        [0.226563, 0.773438],
        [-0.105469, 1.105469],
      ],
    ],
    [
      3,
      4,
      [
        [1.071777, -0.071777, 0],
        [0.360352, 0.749512, -0.109863],
        [-0.109863, 0.749512, 0.360352],
        [0, -0.071777, 1.071777],
      ],
    ],
    [
      3,
      3,
      [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    ],
    [1, 3, [[1], [1], [1]]],
  ])('%d to %d', (from, to, expected) => {
    const taps = cubicTaps(from, to);
    const rows = Array.from({ length: to }, () => Array<number>(from).fill(0));
    for (const { index, share } of taps) {
      for (const [i, source] of index.entries()) rows[i]![source]! += share[i]!;
    }
    expect(taps).toHaveLength(4);
    expect(rounded(rows)).toEqual(expected);
  });
});
