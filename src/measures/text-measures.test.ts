import { describe, expect, it } from 'vitest';
import { type CutText, measureText, textMeasures } from './text-measures';

/** "Grüße" (7 bytes, 5 characters) as two tokens. */
const cut: CutText = { tokens: { ids: [4, 7] }, bytes: 7, codePoints: 5, words: 1, vocabularySize: 100 };
const empty: CutText = { tokens: { ids: [] }, bytes: 0, codePoints: 0, words: 0, vocabularySize: 100 };

it('finds one measure a file, with ids and places that are unique', () => {
  const files = Object.keys(import.meta.glob('./text/*.ts'));
  expect(textMeasures.map(({ id }) => `./text/${id}.ts`).sort()).toEqual(files.sort());
  expect(new Set(textMeasures.map(({ place }) => place)).size).toBe(files.length);
});

describe.each(textMeasures)('$id', (measure) => {
  it('names itself', () => {
    for (const fact of [measure.label, measure.unit, measure.summary]) expect(fact).not.toBe('');
  });

  it('is a number within its range, or nothing for no text, and the same every time', () => {
    const value = measure.compute(cut)!;
    expect(Number.isFinite(value)).toBe(true);
    expect(measure.compute(cut)).toBe(value);
    const [low, high] = measure.range ?? [value, value];
    expect(value >= low && value <= high).toBe(true);
    expect([undefined, 0, empty.vocabularySize]).toContain(measure.compute(empty));
  });
});

it('measures a text', () => {
  expect(measureText(cut)).toMatchObject({
    tokens: 2,
    'bytes-per-token': 3.5,
    'characters-per-token': 2.5,
    'tokens-per-byte': 2 / 7,
    fertility: 2,
    vocabulary: 100,
  });
  expect(measureText(empty)).toMatchObject({ tokens: 0, 'bytes-per-token': null });
});
