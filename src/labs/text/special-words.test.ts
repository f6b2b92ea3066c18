import { expect, it } from 'vitest';
import { specialWords } from './special-words';

const name = '<|endoftext|>';

it('says both counts and the reason for their difference', () => {
  const reading = { written: [{ name, count: 1 }], otherwise: 14, added: [] };
  expect(specialWords(reading, 'text', 20).written).toBe(
    '+6: <|endoftext|> is read as text; 14 tokens as a special token',
  );
  expect(specialWords({ ...reading, otherwise: 20 }, 'parse', 14).written).toBe(
    '−6: <|endoftext|> is read as a special token; 20 tokens as text',
  );
  expect(specialWords({ ...reading, otherwise: null }, 'text', 20).written).toBe(
    '<|endoftext|> is read as text',
  );
});

it('names many, and what is added around the text', () => {
  const written = [
    { name, count: 3 },
    { name: '<s>', count: 1 },
    { name: '</s>', count: 1 },
  ];
  const words = specialWords({ written, otherwise: 5, added: ['[CLS]', '[SEP]'] }, 'text', 5);
  expect(words).toEqual({
    written: '±0: <|endoftext|> (3 times) and 2 others are read as text; 5 tokens as special tokens',
    added: '+2: [CLS] and [SEP] are added; 3 tokens without',
  });
});
