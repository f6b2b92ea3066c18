import fc from 'fast-check';
import { expect, it } from 'vitest';
import { centreCrop, dropAlpha, fromPlanar, overWhite, toPlanar, toRgba } from './convert';

it('crops the centre square at (w - s) // 2', () => {
  const square = { width: 128, height: 128 };
  expect(centreCrop({ width: 301, height: 200 }, square)).toEqual({ x: 50, y: 0, width: 200, height: 200 });
  expect(centreCrop({ width: 3, height: 8 }, square)).toEqual({ x: 0, y: 2, width: 3, height: 3 });
  expect(centreCrop({ width: 1, height: 1 }, square)).toEqual({ x: 0, y: 0, width: 1, height: 1 });
});

it('keeps the target proportions, within the picture', () => {
  const size = fc.integer({ min: 1, max: 500 });
  fc.assert(
    fc.property(size, size, size, size, (width, height, targetWidth, targetHeight) => {
      const crop = centreCrop({ width, height }, { width: targetWidth, height: targetHeight });
      expect(crop.x).toBeGreaterThanOrEqual(0);
      expect(crop.y).toBeGreaterThanOrEqual(0);
      expect(crop.x + crop.width).toBeLessThanOrEqual(width);
      expect(crop.y + crop.height).toBeLessThanOrEqual(height);
      expect(crop.width === width || crop.height === height).toBe(true);
    }),
  );
});

it('lays transparent pixels over white in integers', () => {
  const rgba = Uint8Array.of(0, 0, 0, 0, 10, 200, 30, 255, 100, 0, 255, 128, 1, 2, 3, 1);
  const { image, transparent } = overWhite({ width: 4, height: 1, data: rgba });
  expect(transparent).toBe(true);
  // (100*128 + 255*127 + 127) / 255 = 177.7, (0 + 255*127 + 127) / 255 = 127.5
  expect([...image.data]).toEqual([255, 255, 255, 10, 200, 30, 177, 127, 255, 254, 254, 254]);
  expect(overWhite({ width: 1, height: 1, data: Uint8Array.of(1, 2, 3, 255) }).transparent).toBe(false);
});

it('brings every 8-bit value back through planar float32', () => {
  const data = Uint8Array.from({ length: 768 }, (_, i) => i % 256);
  const image = { width: 16, height: 16, data };
  const planar = toPlanar(image);
  expect(planar[256]).toBe(Math.fround(1 / 255)); // the first green value is data[1]
  expect(fromPlanar(planar, 16, 16)).toEqual(image);
});

it('clamps, rounds half up and turns NaN into black', () => {
  const planar = Float32Array.of(-0.1, 1.5, 0.5, Number.NaN, 0, 1);
  expect([...fromPlanar(planar, 2, 1).data]).toEqual([0, 128, 0, 255, 0, 255]);
});

it('adds and drops an opaque alpha', () => {
  const image = { width: 2, height: 1, data: Uint8Array.of(1, 2, 3, 4, 5, 6) };
  const data = toRgba(image);
  expect([...data]).toEqual([1, 2, 3, 255, 4, 5, 6, 255]);
  expect(dropAlpha({ width: 2, height: 1, data })).toEqual(image);
});
