import { expect, it } from 'vitest';
import { mayBeEndless } from './endless-patterns';
import { scannedPatterns } from './known-scanners';

it.each([
  '(a+)+',
  '(?:a*)*b',
  '((a|b)+c?)*',
  '(\\w+\\s?)+$',
  '([a-z]+){2,}',
  '(?:[()]+x|y)*',
  '((a+)b)+',
  '(a{1,3})+',
  '(?:\\w|\\d)+',
  '([ab]|[bc])*x',
])('%s may be endless', (source) => {
  expect(mayBeEndless(source)).toBe(true);
});

it.each([
  ...scannedPatterns,
  ...[
    '(a+)',
    'a+b*',
    '(ab)+',
    '(?>a+)+',
    '(a+)?',
    '(?:a++)+',
    '[(a+)+]',
    '\\(a+\\)+',
    '([+*])+',
    '(a{3}b?)+',
    '(?:a|b)+',
    '(?>a|a)+b',
    '(?:ab|ac)*',
    '(]',
    ')(',
  ],
])('%s comes to an end', (source) => {
  expect(mayBeEndless(source)).toBe(false);
});
