import { describe, expect, it } from 'vitest';
import { countGraphemes, countText, countWords } from './counts';
import { type Piece, tokenPieces } from './display';
import { byteOffsetsOfUnits, encodeUtf8, unitOffsetsOfBytes, utf8Length } from './utf8';

const whole = (text: string) => {
  const bytes = encodeUtf8(text);
  return tokenPieces(bytes, 0, bytes.length);
};

describe('tokenPieces', () => {
  it('separates text from whitespace and merges runs', () => {
    expect(whole('  ab\tc\r\n')).toEqual([
      { kind: 'space', text: '  ', symbol: '··' },
      { kind: 'text', text: 'ab' },
      { kind: 'tab', text: '\t', symbol: '→' },
      { kind: 'text', text: 'c' },
      { kind: 'newline', text: '\r\n', symbol: '␍↵' },
    ] satisfies Piece[]);
  });

  it('shows the parts of a split character as hex on both sides', () => {
    const bytes = encodeUtf8('a€b');
    expect(tokenPieces(bytes, 0, 3)).toEqual([
      { kind: 'text', text: 'a' },
      { kind: 'bytes', hex: ['E2', '82'] },
    ]);
    expect(tokenPieces(bytes, 3, 5)).toEqual([
      { kind: 'bytes', hex: ['AC'] },
      { kind: 'text', text: 'b' },
    ]);
  });

  it('shows malformed bytes as hex, never as U+FFFD', () => {
    const bytes = new Uint8Array([0xff, 0xc0, 0x80, 0xed, 0xa0, 0x80, 0xf5, 0x41]);
    expect(tokenPieces(bytes, 0, bytes.length)).toEqual([
      { kind: 'bytes', hex: ['FF', 'C0', '80', 'ED', 'A0', '80', 'F5'] },
      { kind: 'text', text: 'A' },
    ]);
  });

  it('keeps emoji sequences whole and names joiners that stand alone', () => {
    expect(whole('👩‍👩‍👧❤️')).toEqual([{ kind: 'text', text: '👩‍👩‍👧❤️' }]);
    expect(whole('\u200d')).toEqual([{ kind: 'control', text: '\u200d', symbol: '‹ZWJ›' }]);
  });

  it('names NUL, U+0085, the no-break space and the byte-order mark', () => {
    const symbols = whole('\0\u0085\u00a0\ufeff').map((piece) =>
      'symbol' in piece ? piece.symbol : piece.kind,
    );
    expect(symbols).toEqual(['‹NUL›‹0085›', '⍽', '‹BOM›']);
  });
});

describe('counts and offsets', () => {
  it('counts bytes, code points, graphemes and words', () => {
    const text = 'é👩‍👧 \ud800 two';
    expect(countText(text)).toEqual({ bytes: encodeUtf8(text).length, codePoints: [...text].length });
    expect(utf8Length(text)).toBe(encodeUtf8(text).length);
    expect(countGraphemes('e\u0301👩‍👧x')).toBe(3);
    expect(countWords('one two, three!')).toBe(3);
  });

  it('counts words of long texts as of short ones', () => {
    const line = "It's 3.14 or 1,000 – e\u0301a _x_ 東京は首都です。 สวัสดีชาวโลก\u00a0 नमस्ते दुनिया\r\n 👩‍👩‍👧";
    const text = Array.from({ length: 80 }, (_, i) => line.slice(i % 50)).join(' ');
    const words = new Intl.Segmenter(undefined, { granularity: 'word' });
    const expected = [...words.segment(text)].filter(({ isWordLike }) => isWordLike).length;
    expect(countWords(text)).toBe(expected);
  });

  it('counts words of a text without spaces as of any other', () => {
    const words = new Intl.Segmenter(undefined, { granularity: 'word' });
    for (const piece of [
      '{"a":1,"b_c":2.5},',
      "can't.stop:it's;1,000.5_x",
      'a.',
      '\u05d0"\u05d1',
      'e\u0301\u200d.',
    ]) {
      const text = piece.repeat(400);
      const expected = [...words.segment(text)].filter(({ isWordLike }) => isWordLike).length;
      expect(countWords(text), piece).toBe(expected);
    }
  });

  it('maps between UTF-16 units and bytes both ways', () => {
    const text = 'aé€😀z';
    expect([...byteOffsetsOfUnits(text)]).toEqual([0, 1, 3, 6, 6, 10, 11]);
    expect([...unitOffsetsOfBytes(encodeUtf8(text))]).toEqual([0, 1, 1, 2, 2, 2, 3, 3, 3, 3, 5, 6]);
  });
});
