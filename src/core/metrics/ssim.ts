import type { RgbImage } from '../image/pixels';
import type { ImageMetric } from '../metrics';

const WINDOW = 11;
const SIGMA = 1.5;
const C1 = (0.01 * 255) ** 2;
const C2 = (0.03 * 255) ** 2;

/** A Gaussian of `size` taps that sums to 1. */
function gaussian(size: number): Float64Array {
  const taps = Float64Array.from({ length: size }, (_, i) =>
    Math.exp(-((i - (size - 1) / 2) ** 2) / (2 * SIGMA * SIGMA)),
  );
  const sum = taps.reduce((total, tap) => total + tap, 0);
  return taps.map((tap) => tap / sum);
}

/** ITU-R BT.601 luma of 8-bit RGB, not rounded. */
function luma(image: RgbImage): Float64Array {
  const plane = new Float64Array(image.width * image.height);
  for (let i = 0, j = 0; i < plane.length; i++, j += 3) {
    plane[i] = 0.299 * image.data[j]! + 0.587 * image.data[j + 1]! + 0.114 * image.data[j + 2]!;
  }
  return plane;
}

/** Separable filter without padding: (width - nx + 1) x (height - ny + 1) values. */
function filterValid(
  plane: Float64Array,
  width: number,
  height: number,
  across: Float64Array,
  down: Float64Array,
): Float64Array {
  const outWidth = width - across.length + 1;
  const outHeight = height - down.length + 1;
  const rows = new Float64Array(outWidth * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < outWidth; x++) {
      let sum = 0;
      for (let i = 0; i < across.length; i++) sum += across[i]! * plane[y * width + x + i]!;
      rows[y * outWidth + x] = sum;
    }
  }
  const out = new Float64Array(outWidth * outHeight);
  for (let y = 0; y < outHeight; y++) {
    for (let i = 0; i < down.length; i++) {
      const tap = down[i]!;
      for (let x = 0; x < outWidth; x++) out[y * outWidth + x]! += tap * rows[(y + i) * outWidth + x]!;
    }
  }
  return out;
}

/**
 * Structural similarity (Wang, Bovik, Sheikh, Simoncelli 2004) on luma: 11x11 Gaussian window with sigma 1.5,
 * K1 = 0.01, K2 = 0.03, mean over the positions where the window fits. A picture smaller than the window gets a
 * window of its own size.
 */
export const ssim: ImageMetric = {
  id: 'ssim',
  label: 'SSIM',
  unit: '',
  better: 'higher',
  compute(a, b) {
    const { width, height } = a;
    const across = gaussian(Math.min(WINDOW, width));
    const down = gaussian(Math.min(WINDOW, height));
    const blur = (plane: Float64Array) => filterValid(plane, width, height, across, down);
    const x = luma(a);
    const y = luma(b);
    const meanX = blur(x);
    const meanY = blur(y);
    const meanXX = blur(x.map((value) => value * value));
    const meanYY = blur(y.map((value) => value * value));
    const meanXY = blur(x.map((value, i) => value * y[i]!));
    let sum = 0;
    for (let i = 0; i < meanX.length; i++) {
      const mx = meanX[i]!;
      const my = meanY[i]!;
      const varianceX = meanXX[i]! - mx * mx;
      const varianceY = meanYY[i]! - my * my;
      const covariance = meanXY[i]! - mx * my;
      sum +=
        ((2 * mx * my + C1) * (2 * covariance + C2)) /
        ((mx * mx + my * my + C1) * (varianceX + varianceY + C2));
    }
    return sum / meanX.length;
  },
};
