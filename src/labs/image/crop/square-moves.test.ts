import fc from 'fast-check';
import { expect, it } from 'vitest';
import { centreSquare, fitSquare, wholeSquare } from '../../../core/image/crop';
import { afterKey, CORNERS, describeSquare, dragged, leastSize, middleAt, resized } from './square-moves';

const WIDE = { width: 400, height: 300 };
const key = (name: string, shiftKey = false) => ({ key: name, shiftKey });

it('moves with a drag of its inside, as far as the edges', () => {
  const from = { x: 50, y: 50, size: 200 };
  expect(dragged(from, { x: 0, y: 0 }, 30, -20, WIDE)).toEqual({ x: 80, y: 30, size: 200 });
  expect(dragged(from, { x: 0, y: 0 }, 999, 999, WIDE)).toEqual({ x: 200, y: 100, size: 200 });
  expect(middleAt(from, 0, 150, WIDE)).toEqual({ x: 0, y: 50, size: 200 });
});

it('is resized by a corner, and the opposite one stays', () => {
  const from = { x: 100, y: 80, size: 100 };
  expect(dragged(from, { x: 1, y: 1 }, 20, 20, WIDE)).toEqual({ x: 100, y: 80, size: 120 });
  expect(dragged(from, { x: -1, y: -1 }, -20, -20, WIDE)).toEqual({ x: 80, y: 60, size: 120 });
  expect(dragged(from, { x: -1, y: 1 }, -30, 10, WIDE)).toEqual({ x: 80, y: 80, size: 120 });
  expect(dragged(from, { x: 1, y: 1 }, -999, -999, WIDE).size).toBe(leastSize(WIDE));
  expect(dragged(from, { x: 1, y: 1 }, 999, 999, WIDE)).toEqual(wholeSquare(WIDE));
});

it('stays a square that the picture has, whatever is done to it', () => {
  const side = fc.integer({ min: 1, max: 5000 });
  const number = fc.integer({ min: -6000, max: 6000 });
  const grip = fc.constantFrom({ x: 0, y: 0 } as const, ...CORNERS);
  fc.assert(
    fc.property(side, side, number, number, number, grip, (width, height, x, y, size, at) => {
      const picture = { width, height };
      const from = fitSquare({ x, y, size }, picture);
      for (const to of [dragged(from, at, x, y, picture), resized(from, size, picture)]) {
        expect(to).toEqual(fitSquare(to, picture));
        expect(Number.isInteger(to.x) && Number.isInteger(to.y) && Number.isInteger(to.size)).toBe(true);
      }
    }),
  );
});

it('follows the keys', () => {
  const from = { x: 50, y: 50, size: 200 };
  expect(afterKey(from, key('ArrowRight'), WIDE)).toEqual({ x: 53, y: 50, size: 200 });
  expect(afterKey(from, key('ArrowUp', true), WIDE)).toEqual({ x: 50, y: 20, size: 200 });
  expect(afterKey(from, key('+'), WIDE)).toEqual({ x: 44, y: 44, size: 212 });
  expect(afterKey(from, key('-'), WIDE)).toEqual({ x: 56, y: 56, size: 188 });
  expect(afterKey(from, key('Home'), WIDE)).toEqual(centreSquare(WIDE));
  expect(afterKey(from, key('a'), WIDE)).toBeUndefined();
});

it('says where it is', () => {
  expect(describeSquare(centreSquare(WIDE), WIDE)).toBe('The centre, 300 × 300 pixels');
  expect(describeSquare(wholeSquare(WIDE), WIDE)).toBe('The whole picture');
  expect(describeSquare({ x: 12, y: 0, size: 250 }, WIDE)).toBe(
    '250 × 250 pixels, 12 from the left, 0 from the top',
  );
});
