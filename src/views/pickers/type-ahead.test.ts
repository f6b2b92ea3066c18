import { describe, expect, it } from 'vitest';
import { placeByLetter } from './type-ahead';

describe('placeByLetter', () => {
  const labels = ['Llama 2', 'Llama 3', 'Gemma 2', 'öre', ''];

  it('goes to the next label with the letter, round and round', () => {
    expect(placeByLetter(labels, 'l', -1)).toBe(0);
    expect(placeByLetter(labels, 'L', 0)).toBe(1);
    expect(placeByLetter(labels, 'l', 1)).toBe(0);
    expect(placeByLetter(labels, 'g', 2)).toBe(2);
    expect(placeByLetter(labels, 'Ö', 0)).toBe(3);
  });

  it('goes nowhere where there is none', () => {
    expect(placeByLetter(labels, 'x', 0)).toBe(-1);
    expect(placeByLetter([], 'x', -1)).toBe(-1);
  });
});
