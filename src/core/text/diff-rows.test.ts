import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutDiff } from './diff-rows';
import { decodeUtf8, encodeUtf8 } from './utf8';

function rowsOf(text: string, over: readonly number[], under: readonly number[], width: number): string[] {
  const bytes = encodeUtf8(text);
  const steps = layoutDiff(bytes, Uint32Array.from(over), Uint32Array.from(under), width);
  let step = steps.next();
  while (!step.done) step = steps.next();
  const starts = [...step.value];
  return starts.map((start, i) => decodeUtf8(bytes.subarray(start, starts[i + 1] ?? bytes.length)));
}

describe('layoutDiff', () => {
  it('ends rows at line breaks', () => {
    expect(rowsOf('ab\nc\r\nd\re\n', [], [], 80)).toEqual(['ab\n', 'c\r\n', 'd\r', 'e\n']);
    expect(rowsOf('', [], [], 80)).toEqual([]);
  });

  it('breaks where both have a boundary, else anywhere', () => {
    // 20 half cells are ten letters, of which one cell is for line breaks.
    expect(rowsOf('abcdefghijklmno', [3, 6, 12], [2, 6, 12], 20)).toEqual(['abcdef', 'ghijklmno']);
    expect(rowsOf('abcdefghijklmno', [3], [2], 20)).toEqual(['abcdefghi', 'jklmno']);
  });

  it('gives a split character the room of its bytes in hex', () => {
    // Whole, an emoji takes 5 half cells; split, 16.
    expect(rowsOf('🍓🍓', [], [], 20)).toEqual(['🍓🍓']);
    expect(rowsOf('🍓🍓', [2, 4], [4], 20)).toEqual(['🍓', '🍓']);
  });

  it('loses nothing and keeps characters whole, whatever the text', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', ' ', '\n', '\r', 'é', '東', '🍓', '\u0301', '\u2028'),
    });
    const places = fc.array(fc.nat(60)).map((all) => [...new Set(all)].sort((a, b) => a - b));
    fc.assert(
      fc.property(text, places, places, fc.integer({ min: 1, max: 40 }), (value, over, under, width) => {
        const rows = rowsOf(value, over, under, width);
        expect(rows.join('')).toBe(value);
        expect(rows.every((row) => row.length > 0 && row.isWellFormed())).toBe(true);
      }),
    );
  });
});
