import { expect, it } from 'vitest';
import { paintValues, viridis } from './viridis';

/** Lightness of OKLab (Ottosson 2020). */
function lightness([red, green, blue]: readonly number[]): number {
  const [r, g, b] = [red!, green!, blue!].map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s;
}

it('gets lighter by even steps, so that a difference looks as large wherever it lies', () => {
  const steps = Array.from(
    { length: 10 },
    (_, i) => lightness(viridis((i + 1) / 10)) - lightness(viridis(i / 10)),
  );
  expect(Math.min(...steps)).toBeGreaterThan(0.03);
  expect(Math.max(...steps) / Math.min(...steps)).toBeLessThan(2.5);
});

it('paints values between two ends, in either direction, and those beyond as the ends', () => {
  const values = Float32Array.of(50, 10, Number.POSITIVE_INFINITY, -5);
  const pixels = [...paintValues(values, 50, 10)];
  expect(pixels.slice(0, 4)).toEqual([...viridis(0), 255]);
  expect(pixels.slice(4, 8)).toEqual([...viridis(1), 255]);
  expect(pixels.slice(8, 12)).toEqual([...viridis(0), 255]);
  expect(pixels.slice(12, 16)).toEqual([...viridis(1), 255]);
});
