import fc from 'fast-check';
import { expect, it } from 'vitest';
import { editDistance } from './edit-distance';

it.each([
  ['kitten', 'sitting', 3],
  ['flaw', 'lawn', 2],
  ['', 'abc', 3],
  ['abc', '', 3],
  ['', '', 0],
  ['intention', 'execution', 5],
  ['🙂x', 'x', 1],
])('of %j and %j is %i', (a, b, distance) => {
  expect(editDistance(a, b)).toBe(distance);
});

it('is symmetric, and at most the longer length', () => {
  const text = fc.string({ maxLength: 12 });
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(editDistance(a, b)).toBe(editDistance(b, a));
      expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max([...a].length, [...b].length));
      expect(editDistance(a, a)).toBe(0);
    }),
  );
});
