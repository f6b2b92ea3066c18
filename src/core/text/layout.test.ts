import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { characterWidth } from './cells';
import { layoutRows } from './layout';
import { type RowLayout, type RowOptions, rowOfByte, rowOfToken, rowStart } from './rows';
import type { TokenSequence } from './token-sequence';
import { decodeUtf8, encodeUtf8 } from './utf8';

/** Tokens that split the text's UTF-8 at the given lengths, repeatedly. */
function cut(text: string, lengths: readonly number[]): { bytes: Uint8Array; sequence: TokenSequence } {
  const bytes = encodeUtf8(text);
  const starts: number[] = [];
  const ends: number[] = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const end = Math.min(bytes.length, at + lengths[i % lengths.length]!);
    starts.push(at);
    ends.push(end);
    at = end;
  }
  const ids = Uint32Array.from(starts, (_, i) => i);
  return { bytes, sequence: { ids, starts: Uint32Array.from(starts), ends: Uint32Array.from(ends) } };
}

function layout(text: string, lengths: readonly number[], options: RowOptions): string[] {
  const { bytes, sequence } = cut(text, lengths);
  const rows = run(bytes, sequence, options);
  return Array.from({ length: rows.count }, (_, row) =>
    decodeUtf8(bytes.subarray(rowStart(rows, sequence, row), rowStart(rows, sequence, row + 1))),
  );
}

function run(bytes: Uint8Array, sequence: TokenSequence, options: RowOptions): RowLayout {
  const work = layoutRows(bytes, sequence, options);
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

const width = (cells: number) => ({ width: cells * 2, ids: false });

describe('layoutRows', () => {
  it('ends a row at a line break and keeps tokens whole', () => {
    expect(layout('one\ntwo three', [3, 1, 3, 6], width(9))).toEqual(['one\n', 'two', ' three']);
  });

  it('lets a line break hang into the margin instead of giving it a row', () => {
    for (let length = 1; length < 40; length++) {
      const rows = layout(`${'x'.repeat(length)}\n`, [1], width(12));
      expect(rows.length).toBe(layout('x'.repeat(length), [1], width(12)).length);
    }
  });

  it('splits a token that holds line breaks or is wider than a row', () => {
    expect(layout('a\n\n\nb', [4, 1], width(10))).toEqual(['a\n', '\n', '\n', 'b']);
    expect(layout('x'.repeat(25), [25], { width: 24, ids: false })).toEqual([
      'x'.repeat(11),
      'x'.repeat(11),
      'x'.repeat(3),
    ]);
  });

  it('treats CR LF as one break, CR alone and U+2028 as breaks', () => {
    expect(layout('a\r\nb\rc\u2028d', [20], width(10))).toEqual(['a\r\n', 'b\r', 'c\u2028', 'd']);
  });

  it('gives a wide character two cells, a mark none, a byte of a split character two', () => {
    expect(characterWidth(0x6f22, false)).toBe(4);
    expect(characterWidth(0x0301, false)).toBe(0);
    expect(characterWidth(0x0301, true)).toBe(2);
    // Seven cells and room for a line break: three ideographs of two cells, the rest in the next row.
    expect(layout('漢字漢字', [3], { width: 8 * 2, ids: false })).toEqual(['漢字漢', '字']);
    expect(layout('漢字漢字', [1], { width: 8 * 2, ids: false })).toHaveLength(4);
  });

  it('makes room for ids', () => {
    const text = 'abcdefghijklmnopqrstuvwxyz'.repeat(20);
    const plain = layout(text, [1], { width: 80, ids: false });
    const withIds = layout(text, [1], { width: 80, ids: true });
    expect(withIds.length).toBeGreaterThan(plain.length);
  });

  it('covers every byte once, in order, and no row of narrow characters is too wide', () => {
    const alphabet = ['a', ' ', '\n', 'é', '漢', '😀', '\u0301', 'م', '\0', '👩‍👧', '\t'];
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...alphabet), { maxLength: 300 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 16, max: 90 }),
        fc.boolean(),
        (characters, lengths, line, ids) => {
          const { bytes, sequence } = cut(characters.join(''), lengths);
          const rows = run(bytes, sequence, { width: line, ids });
          const begins = Array.from({ length: rows.count + 1 }, (_, row) => rowStart(rows, sequence, row));
          expect(begins[0]).toBe(0);
          expect(begins.at(-1)).toBe(bytes.length);
          for (let row = 0; row < rows.count; row++) {
            expect(begins[row + 1]!).toBeGreaterThan(begins[row]!);
            expect(rowOfByte(rows, sequence, begins[row]!)).toBe(row);
            expect(rowOfByte(rows, sequence, begins[row + 1]! - 1)).toBe(row);
          }
          for (let token = 0; token < sequence.ids.length; token++) {
            expect(rowOfToken(rows, token)).toBe(rowOfByte(rows, sequence, sequence.starts[token]!));
          }
        },
      ),
      { numRuns: 200 },
    );
    const ascii = layout('lorem ipsum dolor sit amet '.repeat(40), [3, 5, 2], { width: 40, ids: false });
    for (const row of ascii) expect(row.length * 2).toBeLessThanOrEqual(40);
  });

  it('never piles more than a kilobyte of marks into a row', () => {
    const rows = layout(`e${'\u0301'.repeat(5000)}`, [100_000], width(40));
    for (const row of rows) expect(encodeUtf8(row).length).toBeLessThanOrEqual(1024);
  });

  it('keeps the text that no token covers, before, between and after', () => {
    const text = ' one\n\n two \nthree\n ';
    const bytes = encodeUtf8(text);
    const sequence = {
      ids: Uint32Array.from([1, 2, 3]),
      starts: Uint32Array.from([1, 7, 12]),
      ends: Uint32Array.from([4, 10, 17]),
    };
    const rows = run(bytes, sequence, width(12));
    const lines = Array.from({ length: rows.count }, (_, row) =>
      decodeUtf8(bytes.subarray(rowStart(rows, sequence, row), rowStart(rows, sequence, row + 1))),
    );
    expect(lines).toEqual([' one\n', '\n', ' two \n', 'three\n', ' ']);
    expect([0, 1, 2].map((token) => rowOfToken(rows, token))).toEqual([0, 2, 3]);
  });

  it('lays out a text without any token', () => {
    const none = new Uint32Array(0);
    const sequence = { ids: none, starts: none, ends: none };
    const rows = run(encodeUtf8('a\nb'), sequence, width(12));
    expect([0, 1, 2].map((row) => rowStart(rows, sequence, row))).toEqual([0, 2, 3]);
  });

  it('makes room for spellings, and lets the text of others go', () => {
    const bytes = encodeUtf8('12345');
    const one = Uint32Array.from([0, 0, 1, 2, 3, 4]);
    const sequence = { ids: one, starts: one, ends: Uint32Array.from([1, 1, 2, 3, 4, 5]) };
    const glyphs = {
      tokens: Uint32Array.from([0]),
      spelling: Uint32Array.from([0]),
      lost: Uint8Array.from([0]),
      spellings: ['a spelling'],
    };
    const plain = run(bytes, sequence, { width: 24, ids: false });
    const drawn = layoutRows(bytes, sequence, { width: 24, ids: false }, glyphs).next().value as RowLayout;
    expect([plain.count, drawn.count]).toEqual([1, 2]);
    expect([...drawn.tokens]).toEqual([0, 1]);
    // A token that lost its text has both: its spelling, then the text.
    const lost = { ...glyphs, tokens: Uint32Array.from([5]), lost: Uint8Array.from([1]) };
    const both = layoutRows(bytes, sequence, { width: 30, ids: false }, lost).next().value as RowLayout;
    expect([...both.tokens]).toEqual([0, 5]);
  });

  it('has no rows for no tokens', () => {
    expect(layout('', [1], width(10))).toEqual([]);
  });
});
