import { expect, it } from 'vitest';
import { squaresOf } from './squares.mjs';

it('takes the squares at both ends, and one of a square', () => {
  expect(squaresOf(640, 427)).toEqual([
    { end: 'left', left: 0, top: 0, width: 427, height: 427 },
    { end: 'right', left: 213, top: 0, width: 427, height: 427 },
  ]);
  expect(squaresOf(300, 451)).toEqual([
    { end: 'top', left: 0, top: 0, width: 300, height: 300 },
    { end: 'bottom', left: 0, top: 151, width: 300, height: 300 },
  ]);
  expect(squaresOf(512, 512)).toEqual([{ end: 'whole', left: 0, top: 0, width: 512, height: 512 }]);
});
