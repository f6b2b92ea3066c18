import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../core/text/utf8';
import { characterSpans, indexText } from './text-index';

describe('character spans', () => {
  const text = 'aé漢😀\ufeffz';
  const bytes = encodeUtf8(text);
  const index = indexText(bytes);

  it('count UTF-16 units and code points of whole characters', () => {
    const spans = (start: number, end: number) => {
      const { utf16, codePoints } = characterSpans(bytes, index, start, end);
      return [...utf16, ...codePoints];
    };
    expect(spans(0, 1)).toEqual([0, 1, 0, 1]);
    expect(spans(1, 3)).toEqual([1, 2, 1, 2]);
    expect(spans(6, 10)).toEqual([3, 5, 3, 4]);
    // Half of the emoji counts as all of it; so do parts of two characters.
    expect(spans(7, 8)).toEqual([3, 5, 3, 4]);
    expect(spans(5, 7)).toEqual([2, 5, 2, 4]);
    expect(spans(0, bytes.length)).toEqual([0, text.length, 0, [...text].length]);
    expect(spans(bytes.length, bytes.length)).toEqual([7, 7, 6, 6]);
  });

  it('are the same wherever in a long text', () => {
    const long = encodeUtf8(text.repeat(20_000));
    const longIndex = indexText(long);
    expect(longIndex.codePoints).toBe(120_000);
    for (const times of [0, 1, 4680, 4681, 4682, 9999, 19_999]) {
      const { utf16, codePoints } = characterSpans(long, longIndex, times * 14 + 6, times * 14 + 10);
      expect({ utf16, codePoints }).toEqual({
        utf16: [times * 7 + 3, times * 7 + 5],
        codePoints: [times * 6 + 3, times * 6 + 4],
      });
    }
    expect(characterSpans(encodeUtf8(''), indexText(encodeUtf8('')), 0, 0).utf16).toEqual([0, 0]);
  });
});
