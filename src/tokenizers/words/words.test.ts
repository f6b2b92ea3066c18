import { describe, expect, it } from 'vitest';
import { wordsBetweenSpaces, wordsBetweenWhitespace } from './divided-words';
import { hierarchicalWords } from './hierarchical-words';
import type { Spans } from './spans';

const cut = (text: string, { starts, ends }: Spans) =>
  [...starts].map((start, i) => text.slice(start, ends[i]));
const hat = (text: string, longest = 100) => cut(text, hierarchicalWords(text, longest));

describe('the words of a hierarchical transformer', () => {
  it('are those of the examples', () => {
    expect(hat('Hello, world!')).toEqual(['Hello,', ' world!']);
    expect(hat('how_are_you')).toEqual(['how_', 'are_', 'you']);
  });

  it.each([
    ['camelCase HTTPServer iPhone', ['camel', 'Case', ' HTTPServer', ' i', 'Phone']],
    ['He said: "Go (now)!"', ['He', ' said:', ' "', 'Go', ' (', 'now)!"']],
    ["don't 3.14", ["don'", 't', ' 3.', '14']],
    // A run of spaces, and any other white space, stands alone; nothing joins it.
    ['a  b \n\n c\t-d', ['a', '  ', 'b', ' ', '\n', '\n', ' c', '\t', '-', 'd']],
    ['$5 a+b', ['$', '5', ' a', '+', 'b']],
    ['', []],
  ])('of %j', (text, words) => {
    expect(hat(text)).toEqual(words);
  });

  it('are cut at their most bytes, between characters', () => {
    expect(hat('aéééb', 3)).toEqual(['aé', 'é', 'éb']);
    expect(hat('😀😀', 2)).toEqual(['😀', '😀']);
  });

  it('tile every text, also a long one without spaces', () => {
    const texts = ['北京是中国的首都。'.repeat(400), 'x_'.repeat(3000), '\u0301 \u0301a\r\n😀\ud800 . . .'];
    for (const text of texts) expect(hat(text).join('')).toBe(text);
    // Windows of a long stretch change no word: the same as of many short ones.
    expect(hat('ab-'.repeat(2000))).toEqual(Array(2000).fill('ab-'));
  });
});

it('divides at spaces, or at any white space', () => {
  const text = ' one two\nthree  four\u00a0five ';
  expect(cut(text, wordsBetweenSpaces(text))).toEqual(['one', 'two\nthree', 'four\u00a0five']);
  expect(cut(text, wordsBetweenWhitespace(text))).toEqual(['one', 'two', 'three', 'four', 'five']);
});
