import { describe, expect, it } from 'vitest';
import { usedTokens } from './used-tokens';

describe('usedTokens', () => {
  it('counts what is needed, and how far it reaches', () => {
    expect(usedTokens([3, 9, 4, 9, 9], 9)).toEqual({ count: 2, prefix: 3 });
    expect(usedTokens(Uint32Array.of(9, 9), 9)).toEqual({ count: 0, prefix: 0 });
    expect(usedTokens([1, 2], 9)).toEqual({ count: 2, prefix: 2 });
  });
});
