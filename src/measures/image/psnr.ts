import type { CheapImageMeasure } from '../image-measures';

/**
 * Peak signal-to-noise ratio over all 8-bit RGB values: 10 log10(255^2 / MSE). Infinity for equal pictures.
 */
export const psnr: CheapImageMeasure = {
  id: 'psnr',
  label: 'PSNR',
  unit: 'dB',
  better: 'higher',
  cost: 'cheap',
  place: 1,
  compute(a, b) {
    let sum = 0;
    for (let i = 0; i < a.data.length; i++) {
      const difference = a.data[i]! - b.data[i]!;
      sum += difference * difference;
    }
    return sum === 0 ? Number.POSITIVE_INFINITY : 10 * Math.log10((255 * 255 * a.data.length) / sum);
  },
};
