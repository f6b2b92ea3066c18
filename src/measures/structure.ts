import type { RgbImage } from '../core/image/pixels';

const WINDOW = 11;
const SIGMA = 1.5;
const C1 = (0.01 * 255) ** 2;
const C2 = (0.03 * 255) ** 2;

/** One channel of a picture, row by row. */
interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float64Array;
}

/** Structural similarity at every position of the window, row by row. */
export interface StructureField {
  readonly width: number;
  readonly height: number;
  readonly similarity: Float32Array;
  readonly contrast: Float32Array;
}

/** Means over all windows of two pictures' structural similarity. */
export interface Structure {
  /** Luminance x contrast x structure: SSIM. */
  readonly similarity: number;
  /** Contrast x structure alone. */
  readonly contrast: number;
}

/** ITU-R BT.601 luma of 8-bit RGB, not rounded. */
function lumaOf({ width, height, data }: RgbImage): Plane {
  const luma = new Float64Array(width * height);
  for (let i = 0, j = 0; i < luma.length; i++, j += 3) {
    luma[i] = 0.299 * data[j]! + 0.587 * data[j + 1]! + 0.114 * data[j + 2]!;
  }
  return { width, height, data: luma };
}

/** Means of 2x2 blocks; an odd last row or column is left out. */
function halve({ width: from, height, data }: Plane): Plane {
  const width = from >> 1;
  const half = new Float64Array(width * (height >> 1));
  for (let i = 0; i < half.length; i++) {
    const at = Math.floor(i / width) * 2 * from + (i % width) * 2;
    half[i] = (data[at]! + data[at + 1]! + data[at + from]! + data[at + from + 1]!) / 4;
  }
  return { width, height: height >> 1, data: half };
}

/** Whether the whole window fits into a plane. */
function holdsWindow({ width, height }: Plane): boolean {
  return Math.min(width, height) >= WINDOW;
}

/** One plane, and the blurs of it that every comparison needs. */
interface Scale {
  readonly plane: Plane;
  readonly means: Float64Array;
  readonly squares: Float64Array;
}

/** Scales of a picture, finest first, each made when it is first asked for. */
const scalesOf = new WeakMap<RgbImage, Scale[]>();

/** Structures of the picture of the key with the last picture it was compared with, finest scale first. */
const comparisons = new WeakMap<RgbImage, { readonly with: RgbImage; readonly scales: Structure[] }>();

/**
 * Structural similarity (Wang, Bovik, Sheikh, Simoncelli 2004) of the lumas of two pictures of one size, each scale half
 * as large as the one before: 11x11 Gaussian window with sigma 1.5, K1 = 0.01, K2 = 0.03, mean over the positions where
 * the window fits. A picture smaller than the window gets a window of its own size. What measures share is computed
 * once: pictures must not change afterwards.
 * @param most of scales: as many are compared as hold the window, and at least one
 */
export function structures(a: RgbImage, b: RgbImage, most: number): readonly Structure[] {
  let known = comparisons.get(b);
  if (known?.with !== a) {
    known = { with: a, scales: [] };
    comparisons.set(b, known);
  }
  const { scales } = known;
  while (scales.length < most) {
    const x = scaleAt(a, scales.length);
    const y = scaleAt(b, scales.length);
    if (!x || !y) break;
    scales.push(structureOf(x, y));
  }
  return scales.slice(0, most);
}

/**
 * The same at every position of the window instead of the mean, a field for each scale.
 * @param most of scales: as many are compared as hold the window, and at least one
 */
export function structureFields(a: RgbImage, b: RgbImage, most: number): readonly StructureField[] {
  const fields: StructureField[] = [];
  for (let i = 0; i < most; i++) {
    const x = scaleAt(a, i);
    const y = scaleAt(b, i);
    if (!x || !y) break;
    const width = x.plane.width - Math.min(WINDOW, x.plane.width) + 1;
    const height = x.plane.height - Math.min(WINDOW, x.plane.height) + 1;
    const field = {
      width,
      height,
      similarity: new Float32Array(width * height),
      contrast: new Float32Array(width * height),
    };
    structureOf(x, y, field);
    fields.push(field);
  }
  return fields;
}

/** A scale of a picture; undefined where the window does not fit any more. The finest one always exists. */
function scaleAt(image: RgbImage, index: number): Scale | undefined {
  let scales = scalesOf.get(image);
  if (!scales) {
    scales = [];
    scalesOf.set(image, scales);
  }
  for (let i = scales.length; i <= index; i++) {
    const plane = i === 0 ? lumaOf(image) : halve(scales[i - 1]!.plane);
    if (i > 0 && !holdsWindow(plane)) return undefined;
    const squares = plane.data.map((value) => value * value);
    scales.push({ plane, means: blur(plane, plane.data), squares: blur(plane, squares) });
  }
  return scales[index];
}

/** @param field receives the values of which the means are taken */
function structureOf(x: Scale, y: Scale, field?: StructureField): Structure {
  const other = y.plane.data;
  const products = blur(
    x.plane,
    x.plane.data.map((value, i) => value * other[i]!),
  );
  let similarity = 0;
  let contrast = 0;
  for (let i = 0; i < products.length; i++) {
    const mx = x.means[i]!;
    const my = y.means[i]!;
    const levels = mx * mx + my * my;
    const covariance = products[i]! - mx * my;
    // Only the sum of the two variances matters.
    const structure = (2 * covariance + C2) / (x.squares[i]! + y.squares[i]! - levels + C2);
    const alike = ((2 * mx * my + C1) / (levels + C1)) * structure;
    contrast += structure;
    similarity += alike;
    if (field) {
      field.contrast[i] = structure;
      field.similarity[i] = alike;
    }
  }
  return { similarity: similarity / products.length, contrast: contrast / products.length };
}

/** A Gaussian of `size` taps that sums to 1. */
function gaussian(size: number): Float64Array {
  const taps = Float64Array.from({ length: size }, (_, i) =>
    Math.exp(-((i - (size - 1) / 2) ** 2) / (2 * SIGMA * SIGMA)),
  );
  const sum = taps.reduce((total, tap) => total + tap, 0);
  return taps.map((tap) => tap / sum);
}

/** Separable Gaussian filter without padding: every position where the window fits into the plane. */
function blur({ width, height }: Plane, source: Float64Array): Float64Array {
  const across = gaussian(Math.min(WINDOW, width));
  const down = gaussian(Math.min(WINDOW, height));
  const outWidth = width - across.length + 1;
  const outHeight = height - down.length + 1;
  const columns = new Float64Array(width * outHeight);
  filter(source, 0, width, down, columns, 0, columns.length);
  const out = new Float64Array(outWidth * outHeight);
  for (let y = 0; y < outHeight; y++) filter(columns, y * width, 1, across, out, y * outWidth, outWidth);
  return out;
}

/** `count` sums of values that lie `stride` apart, each times its tap. The taps are symmetric. */
function filter(
  source: Float64Array,
  from: number,
  stride: number,
  taps: Float64Array,
  out: Float64Array,
  to: number,
  count: number,
): void {
  if (taps.length !== WINDOW) {
    for (let i = 0; i < count; i++) {
      out[to + i] = taps.reduce((sum, tap, j) => sum + tap * source[from + i + j * stride]!, 0);
    }
    return;
  }
  // The one size that large planes have, written out: three times as fast as a loop over the taps.
  const [a, b, c, d, e, f] = taps as unknown as [number, number, number, number, number, number];
  for (let i = 0; i < count; i++) {
    const at = from + i;
    out[to + i] =
      a * (source[at]! + source[at + 10 * stride]!) +
      b * (source[at + stride]! + source[at + 9 * stride]!) +
      c * (source[at + 2 * stride]! + source[at + 8 * stride]!) +
      d * (source[at + 3 * stride]! + source[at + 7 * stride]!) +
      e * (source[at + 4 * stride]! + source[at + 6 * stride]!) +
      f * source[at + 5 * stride]!;
  }
}
