import type { RgbImage } from '../../core/image/pixels';
import type { CheapFacts } from '../image-facts';

/**
 * Peak signal-to-noise ratio over all 8-bit RGB values: 10 log10(255^2 / MSE). Infinity for equal pictures.
 */
export const facts: CheapFacts = {
  id: 'psnr',
  label: 'PSNR',
  unit: 'dB',
  better: 'higher',
  cost: 'cheap',
  place: 1,
  map: {
    label: 'Squared error of each pixel',
    worst: 10,
    best: 50,
    note: 'The squared error of a pixel’s three values, as decibels: 20 dB are 26 levels of 255, 40 dB are 3.',
  },
};

export function compute(a: RgbImage, b: RgbImage): number {
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) {
    const difference = a.data[i]! - b.data[i]!;
    sum += difference * difference;
  }
  return sum === 0 ? Number.POSITIVE_INFINITY : 10 * Math.log10((255 * 255 * a.data.length) / sum);
}

export function computeMap(a: RgbImage, b: RgbImage): Float32Array<ArrayBuffer> {
  const out = new Float32Array(a.width * a.height);
  for (let i = 0, j = 0; i < out.length; i++, j += 3) {
    const red = a.data[j]! - b.data[j]!;
    const green = a.data[j + 1]! - b.data[j + 1]!;
    const blue = a.data[j + 2]! - b.data[j + 2]!;
    const sum = red * red + green * green + blue * blue;
    out[i] = sum === 0 ? Number.POSITIVE_INFINITY : 10 * Math.log10((255 * 255 * 3) / sum);
  }
  return out;
}
