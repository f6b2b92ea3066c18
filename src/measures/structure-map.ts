import type { RgbImage } from '../core/image/pixels';
import { structureFields } from './structure';

/**
 * Structural similarity around each pixel: with one weight SSIM, with several the product of contrast and structure at
 * every scale and of the luminance at the coarsest, as in MS-SSIM. Negative values count as 0.
 * @param weights of the scales, finest first; scales that the window does not fit into are left out
 * @returns one value for each pixel, row by row, 0..1
 */
export function similarityMap(
  a: RgbImage,
  b: RgbImage,
  weights: readonly number[],
): Float32Array<ArrayBuffer> {
  const { width, height } = a;
  const fields = structureFields(a, b, weights.length);
  const sum = weights.slice(0, fields.length).reduce((total, weight) => total + weight, 0);
  const out = new Float32Array(width * height).fill(1);
  fields.forEach((field, scale) => {
    const values = scale === fields.length - 1 ? field.similarity : field.contrast;
    const power = weights[scale]! / sum;
    const across = samples(width, field.width, scale);
    const down = samples(height, field.height, scale);
    for (let y = 0; y < height; y++) {
      const top = down.at[y]! * field.width;
      const bottom = down.next[y]! * field.width;
      const v = down.share[y]!;
      for (let x = 0; x < width; x++) {
        const left = across.at[x]!;
        const right = across.next[x]!;
        const u = across.share[x]!;
        const upper = values[top + left]! * (1 - u) + values[top + right]! * u;
        const lower = values[bottom + left]! * (1 - u) + values[bottom + right]! * u;
        const value = Math.max(0, upper * (1 - v) + lower * v);
        out[y * width + x]! *= power === 1 ? value : value ** power;
      }
    }
  });
  return out;
}

/** For each pixel the two windows of a scale between whose centres it lies, and how far it is towards the second. */
function samples(pixels: number, windows: number, scale: number) {
  const at = new Int32Array(pixels);
  const next = new Int32Array(pixels);
  const share = new Float32Array(pixels);
  // The first window's centre, in pixels of its own scale.
  const first = ((pixels >> scale) - windows) / 2;
  for (let i = 0; i < pixels; i++) {
    const place = Math.min(windows - 1, Math.max(0, (i + 0.5) / 2 ** scale - 0.5 - first));
    at[i] = Math.floor(place);
    next[i] = Math.min(windows - 1, at[i]! + 1);
    share[i] = place - at[i]!;
  }
  return { at, next, share };
}
