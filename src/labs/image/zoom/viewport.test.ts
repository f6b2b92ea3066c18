import fc from 'fast-check';
import { expect, it } from 'vitest';
import { describeViewport, FIT, moved, pictureAt, planeOf, scalesFor, zoomed } from './viewport';

const sizes = { pixels: 128, box: 500 };

it('offers whole multiples of the pixels that enlarge, and always one', () => {
  expect(scalesFor(sizes)).toEqual([8, 16, 32]);
  expect(scalesFor({ pixels: 256, box: 170 })).toEqual([2, 4, 8, 16, 32]);
  expect(scalesFor({ pixels: 8, box: 600 })).toEqual([128]);
});

it('keeps the place under the pointer while it zooms, to a pixel of the picture', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(share, share, fc.nat(2), (x, y, times) => {
      let viewport = FIT;
      const before = pictureAt(viewport, { x, y }, sizes);
      for (let i = 0; i <= times; i++) viewport = zoomed(viewport, 1, sizes, { x, y });
      const after = pictureAt(viewport, { x, y }, sizes);
      const pixel = 1 / sizes.pixels;
      expect(Math.abs(after.x - before.x)).toBeLessThanOrEqual(pixel);
      expect(Math.abs(after.y - before.y)).toBeLessThanOrEqual(pixel);
    }),
  );
});

it('zooms out to the whole picture, and in no further than there is', () => {
  const most = [1, 2, 3, 4, 5].reduce((viewport) => zoomed(viewport, 1, sizes), FIT);
  expect(most.scale).toBe(32);
  const back = [1, 2, 3].reduce((viewport) => zoomed(viewport, -1, sizes), most);
  expect(back).toEqual(FIT);
  expect(zoomed(FIT, -1, sizes)).toEqual(FIT);
});

it('never shows what is beyond the picture, and begins at a whole pixel', () => {
  const far = moved({ scale: 8, x: 0.5, y: 0.5 }, -1e6, 1e6, sizes);
  expect(planeOf(far, sizes)).toEqual({ plane: 1024, left: 0, top: 524 });
  expect(planeOf({ scale: 8, x: 0.41, y: 0.5 }, sizes).left % 8).toBe(0);
  expect(moved(FIT, 10, 10, sizes)).toEqual(FIT);
});

it('says in a sentence what is seen', () => {
  expect(describeViewport({ scale: 8, x: 0.25, y: 0.5 })).toContain(
    '25 % from the left and 50 % from the top',
  );
  expect(describeViewport(FIT)).toBe('The whole picture is shown.');
});
