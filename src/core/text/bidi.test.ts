import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenLevels } from './bidi';
import { levelOf, RTL_PARAGRAPH, visualOrder } from './levels';
import { encodeUtf8 } from './utf8';

/** Levels of tokens that tile a text; `R` before those of a paragraph that runs from right to left. */
function levels(...tokens: readonly string[]): string | undefined {
  const text = tokens.join('');
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const token of tokens) {
    starts.push(at);
    at += encodeUtf8(token).length;
    ends.push(at);
  }
  const sequence = {
    ids: new Uint32Array(tokens.length),
    starts: Uint32Array.from(starts),
    ends: Uint32Array.from(ends),
  };
  const work = tokenLevels(text, encodeUtf8(text), sequence);
  for (;;) {
    const { done, value } = work.next();
    if (!done) continue;
    return value && [...value].map((one) => `${one & RTL_PARAGRAPH ? 'R' : ''}${levelOf(one)}`).join(' ');
  }
}

/** The tokens in their order on screen, from left to right. */
const onScreen = (tokens: readonly string[], of: readonly number[]) => visualOrder(of).map((i) => tokens[i]);

describe('tokenLevels', () => {
  it('has nothing to say of a text from left to right', () => {
    expect(levels('plain', ' text', ' 漢字', '\ufeff')).toBeUndefined();
  });

  it('knows paragraphs from right to left, with numbers and Latin words in them', () => {
    expect(levels('שלום', ' עולם', ' 12', '3', ' abc', '.')).toBe('R1 R1 R2 R2 R2 R1');
    expect(levels('مرحبا', ' ', '12', '.')).toBe('R1 R1 R2 R1');
  });

  it('knows a word from right to left in a paragraph from left to right', () => {
    expect(levels('abc', ' שלום', ' עולם', ' x')).toBe('0 1 1 0');
  });

  it('takes each line for itself', () => {
    expect(levels('abc', '\n', 'שלום', '\n', '12', '\n')).toBe('0 0 R1 R1 0 0');
  });

  it('keeps a long line’s direction to its end', () => {
    const words = Array.from({ length: 3000 }, () => ' שלום');
    const found = levels(...words, ' abc')!.split(' ');
    expect(new Set(found.slice(0, -1))).toEqual(new Set(['R1']));
    expect(found.at(-1)).toBe('R2');
  });

  it('gives parts of a character its level, and survives what controls direction', () => {
    expect(levels('\u202eabc', '\u202c', 'x')).toBe('1 1 0');
    const nasty = [
      '\u202a',
      '\u202b',
      '\u2067',
      '\u2069',
      '\u200f',
      'א',
      'a',
      '1',
      '\n',
      ' ',
      '🍓',
      '\u0301',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...nasty), { maxLength: 60 }), (tokens) => {
        const found = levels(...tokens);
        if (found) expect(found.split(' ')).toHaveLength(tokens.length);
      }),
      { numRuns: 60 },
    );
  });
});

describe('visualOrder', () => {
  it('turns runs around, and what is in them back', () => {
    expect(onScreen(['a', 'b', 'c'], [0, 0, 0])).toEqual(['a', 'b', 'c']);
    expect(onScreen(['א', 'ב', '1', '2', 'ג'], [1, 1, 2, 2, 1])).toEqual(['ג', '1', '2', 'ב', 'א']);
    expect(onScreen(['a', 'א', 'ב', 'b'], [0, 1, 1, 0])).toEqual(['a', 'ב', 'א', 'b']);
    expect(onScreen([], [])).toEqual([]);
  });
});
