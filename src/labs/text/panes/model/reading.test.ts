import { describe, expect, it } from 'vitest';
import { findLanguageModel } from '../../../../catalog/language-models';
import { encodeUtf8 } from '../../../../core/text/utf8';
import { aroundOf, linesOf, smoothed } from './along';
import { beginningOf } from './limit';
import { modelName, ordinal, percent } from './names';
import { bitsPerByte, costOfBytes, drawnUnits, type Reading, unitAt } from './reading';

function readingOf(text: string, starts: number[], bits: number[], count = bits.length): Reading {
  const bytes = encodeUtf8(text);
  return {
    bytes,
    starts: Uint32Array.from(starts),
    bits: Float64Array.from(bits),
    ranks: new Uint16Array(bits.length),
    best: new Uint16Array(0),
    chances: new Float32Array(0),
    count,
  };
}

describe('what was read of a text', () => {
  it('costs each byte its part of a token', () => {
    const reading = readingOf('abc d', [0, 3, 5], [6, 1]);
    expect(Array.from(costOfBytes(reading))).toEqual([2, 2, 2, 0.5, 0.5]);
    expect(bitsPerByte(reading)).toBeCloseTo(7 / 5, 12);
    const part = readingOf('abc d', [0, 3, 5], [6, 1], 1);
    expect(Array.from(costOfBytes(part))).toEqual([2, 2, 2]);
    expect(bitsPerByte(part)).toBe(2);
    expect(bitsPerByte(readingOf('a', [0, 1], [1], 0))).toBeUndefined();
  });

  it('is drawn character by character where tokens divide them', () => {
    // a, é as two bytes, b
    const reading = readingOf('aéb', [0, 1, 2, 3, 4], [1, 2, 3, 4]);
    const units = drawnUnits(reading);
    expect(Array.from(units)).toEqual([0, 1, 3, 4]);
    expect([0, 1, 2, 3, 9].map((byte) => unitAt(byte, reading.starts, units))).toEqual([0, 1, 1, 2, 2]);
    expect(Array.from(drawnUnits(readingOf('', [0], [])))).toEqual([0]);
    // A letter and its mark, of three bytes each.
    expect(Array.from(drawnUnits(readingOf('कि', [0, 1, 2, 3, 4, 5, 6], [1, 1, 1, 1, 1, 1])))).toEqual([
      0, 6,
    ]);
  });

  it('has lines, without empty ones, and a curve', () => {
    const costs = Float64Array.of(1, 1, 1, 0, 2, 2);
    expect(linesOf(encodeUtf8('ab\n\ncd'), costs)).toEqual([
      { line: 0, start: 0, end: 3, bits: 3 },
      { line: 2, start: 4, end: 6, bits: 4 },
    ]);
    expect(smoothed(Float64Array.of(3, 0, 3, 0), 1)).toEqual([
      [0, 1.5],
      [1, 2],
      [2, 1],
      [3, 1.5],
    ]);
    expect(smoothed(new Float64Array(0), 8)).toEqual([]);
    expect(smoothed(new Float64Array(5000).fill(2), 64)).toHaveLength(320);
    expect([10, 2000, 1e6].map(aroundOf)).toEqual([8, 25, 64]);
  });
});

it('reads the beginning of a long text, to the end of a line or a word', () => {
  const text = (value: string, limit: number) =>
    new TextDecoder().decode(beginningOf(encodeUtf8(value), limit));
  expect(text('short', 10)).toBe('short');
  expect(text('one line\nanother line', 12)).toBe('one line\n');
  expect(text('one two three four', 12)).toBe('one two');
  expect(text('ééééé', 5)).toBe('éé');
});

it('names what it shows', () => {
  expect(modelName(findLanguageModel('lm-byte')!)).toBe('Bytes, 3.07 M');
  expect(modelName(findLanguageModel('lm-draft-early')!)).toBe('Draft, 0.301 M, after 2 % of training');
  expect([0, 1, 2, 3, 10, 11, 12, 20, 110, 111].map(ordinal).join(' ')).toBe(
    '1st 2nd 3rd 4th 11th 12th 13th 21st 111th 112th',
  );
  expect([0.734, 0.0123, 0.00456, 0.00001, 0].map(percent)).toEqual([
    '73 %',
    '1.2 %',
    '0.46 %',
    '< 0.01 %',
    '0.00 %',
  ]);
});
