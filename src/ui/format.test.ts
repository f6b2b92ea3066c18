import { describe, expect, it } from 'vitest';
import { formatBytes, formatFigure, formatInteger, formatSignificant } from './format';

describe('format', () => {
  it('groups integers', () => {
    expect(formatInteger(1_234_567)).toBe('1,234,567');
  });
  it('keeps three significant digits', () => {
    expect([0, 0.1234, 2.876, 28.76, 287.6].map(formatSignificant)).toEqual([
      '0',
      '0.123',
      '2.88',
      '28.8',
      '288',
    ]);
    expect(formatSignificant(Number.POSITIVE_INFINITY)).toBe('∞');
  });
  it('shows that a small figure is not 0', () => {
    expect([0, 0.0001, 0.25].map(formatFigure)).toEqual(['0', '< 0.001', '0.250']);
  });
  it('names the unit and never shows 1000 of one', () => {
    expect([0, 999, 1000, 18_900_000, 999_700, 1.3e9].map(formatBytes)).toEqual([
      '0 B',
      '999 B',
      '1.00 kB',
      '18.9 MB',
      '1.00 MB',
      '1.30 GB',
    ]);
  });
});
