import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { centreCrop } from './convert';
import { type CropSquare, centreSquare, fitSquare, keptSquare, wholeSquare } from './crop';
import { fitPicture } from './fit-picture';
import { resizeBicubic } from './resize';

const TARGET = { width: 16, height: 16 };
const WIDE = { width: 70, height: 41 };
const TALL = { width: 41, height: 70 };

function picture({ width, height }: { readonly width: number; readonly height: number }) {
  const data = Uint8Array.from({ length: width * height * 4 }, (_, i) =>
    i % 4 === 3 ? 255 : (i * 37 + (i >> 5) * 11) % 256,
  );
  return { width, height, data };
}

/** The same by libvips, which cuts and extends in its own way. */
async function byVips(of: typeof WIDE, { x, y, size }: CropSquare) {
  const { data } = picture(of);
  const border = 100;
  const extended = await sharp(data, { raw: { ...of, channels: 4 } })
    .extend({ top: border, left: border, bottom: border, right: border, background: '#fff' })
    .removeAlpha()
    .raw()
    .toBuffer();
  const { width, height } = of;
  const cut = await sharp(extended, {
    raw: { width: width + 2 * border, height: height + 2 * border, channels: 3 },
  })
    .extract({ left: x + border, top: y + border, width: size, height: size })
    .raw()
    .toBuffer();
  return resizeBicubic({ width: size, height: size, data: new Uint8Array(cut) }, 16, 16).data;
}

describe.each([
  ['wide', WIDE],
  ['tall', TALL],
])('a %s picture', (_, size) => {
  it('gives the same bytes for no square, for its centre, and as before there were squares', async () => {
    const crop = centreSquare(size);
    const { x, y, width } = centreCrop(size, TARGET);
    expect(crop).toEqual({ x, y, size: width });
    const plain = fitPicture(picture(size), TARGET).data;
    expect(fitPicture(picture(size), TARGET, crop).data).toEqual(plain);
    expect(await byVips(size, crop)).toEqual(plain);
    expect(keptSquare(crop, size)).toBeUndefined();
  });

  it.each([
    ['a part', { x: 3, y: 5, size: 20 }],
    ['a corner', { x: size.width - 9, y: size.height - 9, size: 9 }],
    ['all of it', wholeSquare(size)],
    ['more than its shorter side', fitSquare({ x: 2, y: 2, size: 55 }, size)],
  ])('is cut as libvips does it: %s', async (_, crop) => {
    expect(fitPicture(picture(size), TARGET, crop).data).toEqual(await byVips(size, crop));
  });
});

it('lies within the picture, and is centred along a side that is shorter', () => {
  const length = fc.integer({ min: 1, max: 300 });
  const number = fc.integer({ min: -999, max: 999 });
  fc.assert(
    fc.property(length, length, number, number, number, (width, height, x, y, size) => {
      const crop = fitSquare({ x, y, size }, { width, height });
      expect(crop.size).toBeGreaterThanOrEqual(1);
      expect(crop.size).toBeLessThanOrEqual(Math.max(width, height));
      for (const [from, side] of [
        [crop.x, width],
        [crop.y, height],
      ] as const) {
        if (crop.size > side) expect(from).toBe(Math.floor((side - crop.size) / 2));
        else expect(from >= 0 && from + crop.size <= side).toBe(true);
      }
      expect(fitSquare(crop, { width, height })).toEqual(crop);
    }),
  );
});

it('takes a square in pixels of the size that a drawing declares', () => {
  const drawn = picture({ width: 140, height: 82 });
  const crop = { x: 5, y: 4, size: 20 };
  expect(fitPicture(drawn, TARGET, crop, WIDE)).toEqual(fitPicture(drawn, TARGET, { x: 10, y: 8, size: 40 }));
});
