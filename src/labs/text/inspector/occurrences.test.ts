import { describe, expect, it } from 'vitest';
import { occurrencesOf } from './occurrences';

describe('occurrencesOf', () => {
  const ids = Uint32Array.from([7, 3, 7, 7, 5]);

  it('counts, and finds the neighbours', () => {
    expect(occurrencesOf(ids, 2)).toEqual({ count: 3, ordinal: 2, previous: 0, next: 3 });
  });

  it('knows the first, the last and the only one', () => {
    expect(occurrencesOf(ids, 0)).toEqual({ count: 3, ordinal: 1, previous: -1, next: 2 });
    expect(occurrencesOf(ids, 3)).toEqual({ count: 3, ordinal: 3, previous: 2, next: -1 });
    expect(occurrencesOf(ids, 4)).toEqual({ count: 1, ordinal: 1, previous: -1, next: -1 });
  });
});
