import { describe, expect, it } from 'vitest';
import { contentHeight, rowAtTop, rowWindow, scrollTopOf } from './row-window';

describe('rowWindow', () => {
  it('draws what is visible and a little more', () => {
    expect(rowWindow(1000, 20, 200, 0)).toEqual({ first: 0, last: 14, top: 0 });
    expect(rowWindow(1000, 20, 200, 4000)).toEqual({ first: 196, last: 214, top: 3920 });
    expect(rowWindow(3, 20, 200, 0)).toEqual({ first: 0, last: 3, top: 0 });
  });

  it.each([100, 100_000, 10_000_000])('reaches the last of %i rows at the end of the scroll bar', (rows) => {
    const view = 400;
    const end = contentHeight(rows, 26) - view;
    const { last, first, top } = rowWindow(rows, 26, view, end);
    expect(last).toBe(rows);
    // The last row ends where the content ends.
    expect(top + (last - first) * 26).toBeCloseTo(contentHeight(rows, 26), 3);
    expect(contentHeight(rows, 26)).toBeLessThanOrEqual(12_000_000);
  });

  it.each([1000, 5_000_000])('finds its way back to a row out of %i', (rows) => {
    for (const row of [0, 7.25, rows / 3, rows - 20]) {
      expect(rowAtTop(rows, 26, 400, scrollTopOf(rows, 26, 400, row))).toBeCloseTo(row, 4);
    }
  });
});
