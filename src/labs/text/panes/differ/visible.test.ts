import { expect, it } from 'vitest';
import { visible, visibleQuote } from './visible';

it('writes out what cannot be seen', () => {
  expect(visible(' a\n\tb\u00a0', 40)).toBe('␣a↵⇥b⟨00A0⟩');
  expect(visible('abcdef', 3)).toBe('abc…');
});

it('writes it out in the quotation of a sentence, and only there', () => {
  expect(visibleQuote('{first} has a token “ \n”; {second} has none.')).toBe(
    '{first} has a token “␣↵”; {second} has none.',
  );
  expect(visibleQuote('Nothing is quoted.')).toBe('Nothing is quoted.');
});
