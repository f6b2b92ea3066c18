import { get_encoding } from 'tiktoken';
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../../../core/text/utf8';
import { cutNumber, figuresOf, groupingOf } from './groups';
import { MADE, numbersIn, typedNumbers } from './lists';

/** Cut by hand: `|` is where a token begins. */
function cut(marked: string, lead = 0) {
  const parts = marked.split('|');
  let at = 0;
  const starts: number[] = [];
  const ends: number[] = [];
  for (const part of parts) {
    starts.push(at);
    at += encodeUtf8(part).length;
    ends.push(at);
  }
  return cutNumber(parts.join('').slice(lead), { starts, ends }, lead);
}

describe('the grouping of digits', () => {
  it('is named by which group may be shorter', () => {
    expect([[3], [3, 3], [1, 3, 3], [3, 3, 1], [2, 3, 1], [1, 1], [3, 1, 3], [2, 4]].map(groupingOf)).toEqual(
      ['one', 'both', 'right', 'left', 'neither', 'both', 'neither', 'right'],
    );
  });

  it('looks at the digits before the decimal point only', () => {
    expect(cut('123|456|7')).toMatchObject({ grouping: 'left', before: 7, digits: 7, digitTokens: 3 });
    expect(cut('1|234|.|567|8')).toMatchObject({ grouping: 'right', before: 4, digits: 8, digitTokens: 4 });
    expect(cut('1|,|234|,|567')).toMatchObject({ grouping: 'right', before: 9, digitTokens: 3 });
    expect(cut('12|,|345|,|678|.|5')).toMatchObject({ grouping: 'right', before: 10 });
    expect(cut('1,234.567,8').grouping).toBeUndefined();
    expect(cut('12,5')).toMatchObject({ grouping: 'one', before: 2 });
    expect(cut('1.234|,5')).toMatchObject({ grouping: 'one', before: 5 });
    expect(cut('1|,234|.5')).toMatchObject({ grouping: 'right', before: 5 });
    expect(cut('2026|-|11')).toMatchObject({ grouping: undefined, before: 7 });
    expect(cut('1.2.2026').grouping).toBeUndefined();
  });

  it('does not count the space before, and shows what each token covers', () => {
    expect(cut(' 12|345', 1).pieces).toEqual([
      { text: '12', token: 0 },
      { text: '345', token: 1 },
    ]);
    expect(cut(' |123', 1)).toMatchObject({ grouping: 'one', digitTokens: 1 });
    expect(cut('๑๒|๓', 0)).toMatchObject({ digits: 3, digitTokens: 2, grouping: 'left' });
  });

  it('gives figures of all numbers', () => {
    const cuts = [cut('1|234'), cut('123|4'), cut('12'), cut('2026|-|11')];
    expect(figuresOf(cuts)).toEqual({ digitsPerToken: 16 / 7, divided: 2, aligned: 1 });
    expect(figuresOf([])).toEqual({ digitsPerToken: undefined, divided: 0, aligned: 0 });
  });

  it('is from the left in o200k, as tiktoken cuts it', () => {
    const oracle = get_encoding('o200k_base');
    for (const number of MADE.digits) {
      const lengths = [...oracle.encode_ordinary(number)].map(
        (id) => oracle.decode_single_token_bytes(id).length,
      );
      const expected = number.length <= 3 ? 'one' : number.length % 3 === 0 ? 'both' : 'left';
      expect(groupingOf(lengths)).toBe(expected);
    }
    oracle.free();
  });
});

describe('lists of numbers', () => {
  it('are found in texts, each once', () => {
    expect(numbersIn('On 2026-11-28 at 12:30, 1,234.50 of 7 (7!) cost ๑๒ x9.')).toEqual([
      '2026-11-28',
      '12:30',
      '1,234.50',
      '7',
      '๑๒',
      '9',
    ]);
    expect(numbersIn('none')).toEqual([]);
    expect(numbersIn(Array.from({ length: 300 }, (_, i) => `${i}`).join(' ')).length).toBe(200);
    expect(numbersIn('1'.repeat(61))).toEqual([]);
  });

  it('are typed one a line', () => {
    expect(typedNumbers(' 12 \r\nabc\n\n$3.50')).toEqual(['12', '$3.50']);
  });

  it('are made: one to twenty digits, thousands', () => {
    expect(MADE.digits.map(({ length }) => length)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    expect(MADE.separators[0]).toBe('1,234');
    expect(MADE.separators.at(-1)).toBe('12,345,678,901,234,567,890');
  });
});
