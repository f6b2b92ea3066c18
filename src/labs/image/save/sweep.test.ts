import { describe, expect, it } from 'vitest';
import { sweepLengths, sweepTimes } from './sweep';

describe('the lengths of a clip', () => {
  it('rise from 1 to all tokens, four to each doubling', () => {
    expect(sweepLengths(1)).toEqual([1]);
    expect(sweepLengths(3)).toEqual([1, 2, 3]);
    const all = sweepLengths(256);
    expect(all.filter((k) => k >= 64 && k < 128)).toEqual([64, 76, 91, 108]);
    expect(all.at(-1)).toBe(256);
    expect(all).toEqual([...new Set(all)].sort((a, b) => a - b));
  });

  it('end with a rest', () => {
    expect(sweepTimes([1, 2, 3])).toEqual([110, 110, 1600]);
  });
});
