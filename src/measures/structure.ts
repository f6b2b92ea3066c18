import type { RgbImage } from '../core/image/pixels';

const WINDOW = 11;
const SIGMA = 1.5;
const C1 = (0.01 * 255) ** 2;
const C2 = (0.03 * 255) ** 2;

/** One channel of a picture, row by row. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float64Array;
}

/** Means over all windows of two pictures' structural similarity. */
export interface Structure {
  /** Luminance x contrast x structure: SSIM. */
  readonly similarity: number;
  /** Contrast x structure alone. */
  readonly contrast: number;
}

/** ITU-R BT.601 luma of 8-bit RGB, not rounded. */
export function lumaOf({ width, height, data }: RgbImage): Plane {
  const luma = new Float64Array(width * height);
  for (let i = 0, j = 0; i < luma.length; i++, j += 3) {
    luma[i] = 0.299 * data[j]! + 0.587 * data[j + 1]! + 0.114 * data[j + 2]!;
  }
  return { width, height, data: luma };
}

/** Means of 2x2 blocks; an odd last row or column is left out. */
export function halve({ width: from, height, data }: Plane): Plane {
  const width = from >> 1;
  const half = new Float64Array(width * (height >> 1));
  for (let i = 0; i < half.length; i++) {
    const at = Math.floor(i / width) * 2 * from + (i % width) * 2;
    half[i] = (data[at]! + data[at + 1]! + data[at + from]! + data[at + from + 1]!) / 4;
  }
  return { width, height: height >> 1, data: half };
}

/** Whether the whole window fits into a plane. */
export function holdsWindow({ width, height }: Plane): boolean {
  return Math.min(width, height) >= WINDOW;
}

/**
 * Structural similarity (Wang, Bovik, Sheikh, Simoncelli 2004) of two planes of one size: 11x11 Gaussian window
 * with sigma 1.5, K1 = 0.01, K2 = 0.03, mean over the positions where the window fits. A plane smaller than the
 * window gets a window of its own size.
 */
export function structureOf(x: Plane, y: Plane): Structure {
  const across = gaussian(Math.min(WINDOW, x.width));
  const down = gaussian(Math.min(WINDOW, x.height));
  const blur = (data: Float64Array) => filterValid(data, x, across, down);
  const meanX = blur(x.data);
  const meanY = blur(y.data);
  const squares = blur(x.data.map((value, i) => value * value + y.data[i]! * y.data[i]!));
  const products = blur(x.data.map((value, i) => value * y.data[i]!));
  let similarity = 0;
  let contrast = 0;
  for (let i = 0; i < meanX.length; i++) {
    const mx = meanX[i]!;
    const my = meanY[i]!;
    const levels = mx * mx + my * my;
    const covariance = products[i]! - mx * my;
    // Only the sum of the two variances matters.
    const structure = (2 * covariance + C2) / (squares[i]! - levels + C2);
    contrast += structure;
    similarity += ((2 * mx * my + C1) / (levels + C1)) * structure;
  }
  return { similarity: similarity / meanX.length, contrast: contrast / meanX.length };
}

/** A Gaussian of `size` taps that sums to 1. */
function gaussian(size: number): Float64Array {
  const taps = Float64Array.from({ length: size }, (_, i) =>
    Math.exp(-((i - (size - 1) / 2) ** 2) / (2 * SIGMA * SIGMA)),
  );
  const sum = taps.reduce((total, tap) => total + tap, 0);
  return taps.map((tap) => tap / sum);
}

/** Separable filter without padding: (width - nx + 1) x (height - ny + 1) values. */
function filterValid(
  source: Float64Array,
  { width, height }: { readonly width: number; readonly height: number },
  across: Float64Array,
  down: Float64Array,
): Float64Array {
  const outWidth = width - across.length + 1;
  const outHeight = height - down.length + 1;
  // Columns first: that way both loops run along rows of memory.
  const columns = new Float64Array(width * outHeight);
  for (let i = 0; i < down.length; i++) {
    const tap = down[i]!;
    for (let at = 0, from = i * width; at < columns.length; at++, from++) columns[at]! += tap * source[from]!;
  }
  const out = new Float64Array(outWidth * outHeight);
  for (let y = 0, at = 0; y < outHeight; y++) {
    for (let from = y * width, end = from + outWidth; from < end; from++) {
      let sum = 0;
      for (let i = 0; i < across.length; i++) sum += across[i]! * columns[from + i]!;
      out[at++] = sum;
    }
  }
  return out;
}
