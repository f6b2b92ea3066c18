import { describe, expect, it } from 'vitest';
import type { Experiment } from '../core/link/experiment';
import { isStep } from './experiment-steps';

const base: Experiment = {
  lab: 'image',
  image: {
    model: 'karhunen-128',
    modelHash: '00000000',
    k: 8,
    view: 'side',
    source: { kind: 'sample', id: 'lake' },
  },
  text: {
    tokenizers: ['gpt2'],
    text: { kind: 'inline', value: 'The quick brown fox' },
    showIds: false,
    showWhitespace: false,
  },
};
const withText = (value: string): Experiment => ({
  ...base,
  text: { ...base.text, text: { kind: 'inline', value } },
});
const withIds = (...ids: number[]): Experiment => ({
  ...base,
  image: { ...base.image, source: { kind: 'tokens', ids: Uint32Array.from(ids), bits: 16 } },
});

describe('isStep', () => {
  it('lets k and typing replace the current entry', () => {
    expect(isStep(base, { ...base, image: { ...base.image, k: 9 } })).toBe(false);
    expect(isStep(base, { ...base, image: { ...base.image, seed: 9 } })).toBe(false);
    expect(isStep(base, withText('The quick, brown fox'))).toBe(false);
    expect(isStep(withText(''), withText('T'))).toBe(false);
  });
  it('makes an entry for another lab, picture, column or text', () => {
    expect(isStep(base, { ...base, lab: 'text' })).toBe(true);
    expect(isStep(base, { ...base, image: { ...base.image, view: 'wipe' } })).toBe(true);
    expect(isStep(base, { ...base, image: { ...base.image, steps: 8 } })).toBe(true);
    expect(isStep(base, withIds(1, 2))).toBe(true);
    expect(isStep(withIds(1, 2), withIds(1, 3))).toBe(true);
    expect(isStep(withIds(1, 2), withIds(1, 2))).toBe(false);
    expect(isStep(base, { ...base, text: { ...base.text, tokenizers: ['gpt2', 'o200k'] } })).toBe(true);
    expect(isStep(base, withText('1234567890 1,234.56'))).toBe(true);
  });
});
