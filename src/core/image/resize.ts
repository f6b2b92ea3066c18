import type { RgbImage } from './pixels';

/** Fixed point of the weights: 32 bits less 8 for the value and 2 for overshoot, as in Pillow's Resample.c. */
const PRECISION_BITS = 22;
const HALF = 1 << (PRECISION_BITS - 1);
const SUPPORT = 2;

/** Keys' cubic convolution kernel with a = -0.5. */
function bicubic(distance: number): number {
  const a = -0.5;
  const x = Math.abs(distance);
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  if (x < 2) return (((x - 5) * x + 8) * x - 4) * a;
  return 0;
}

/** For every output position: the first input it reads, how many, and their integer weights. */
interface Weights {
  readonly start: Int32Array;
  readonly count: Int32Array;
  /** `stride` entries for each output position. */
  readonly values: Int32Array;
  readonly stride: number;
}

function computeWeights(inputSize: number, outputSize: number): Weights {
  const scale = inputSize / outputSize;
  const filterScale = Math.max(scale, 1);
  const support = SUPPORT * filterScale;
  const stride = Math.ceil(support) * 2 + 1;
  const start = new Int32Array(outputSize);
  const count = new Int32Array(outputSize);
  const values = new Int32Array(outputSize * stride);
  const exact = new Float64Array(stride);
  for (let out = 0; out < outputSize; out++) {
    const centre = (out + 0.5) * scale;
    const first = Math.max(Math.trunc(centre - support + 0.5), 0);
    const n = Math.min(Math.trunc(centre + support + 0.5), inputSize) - first;
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const weight = bicubic((i + first - centre + 0.5) * (1 / filterScale));
      exact[i] = weight;
      sum += weight;
    }
    for (let i = 0; i < n; i++) {
      const weight = (sum === 0 ? exact[i]! : exact[i]! / sum) * (1 << PRECISION_BITS);
      values[out * stride + i] = Math.trunc(weight + (weight < 0 ? -0.5 : 0.5));
    }
    start[out] = first;
    count[out] = n;
  }
  return { start, count, values, stride };
}

/**
 * Antialiased bicubic resampling of 8-bit RGB, equal byte for byte to Pillow's
 * `Image.resize((w, h), Image.BICUBIC)` (two passes, horizontal first, each rounded to 8 bits; Pillow itself goes
 * vertically first where a picture is over 100 times as tall as wide, which a centre square never is). Rows
 * arrive in order through `push`, so that a picture of 100 megapixels is never in memory as a whole.
 */
export class BicubicResizer {
  readonly #inputWidth: number;
  readonly #inputHeight: number;
  readonly #width: number;
  readonly #height: number;
  readonly #horizontal: Weights;
  /** Horizontally resampled rows: inputHeight x width x 3. Clamped, since bicubic weights overshoot. */
  readonly #rows: Uint8ClampedArray;
  #received = 0;

  constructor(inputWidth: number, inputHeight: number, width: number, height: number) {
    this.#inputWidth = inputWidth;
    this.#inputHeight = inputHeight;
    this.#width = width;
    this.#height = height;
    this.#horizontal = computeWeights(inputWidth, width);
    this.#rows = new Uint8ClampedArray(inputHeight * width * 3);
  }

  /** Takes the next rows: any whole number of them, inputWidth x 3 bytes each. */
  push(rows: Uint8Array): void {
    const { start, count, values, stride } = this.#horizontal;
    const rowBytes = this.#inputWidth * 3;
    // Looked up once: for every pixel, it takes longer than to compute one, until the code has been optimised.
    const [resampled, width] = [this.#rows, this.#width];
    let target = this.#received * width * 3;
    this.#received += rows.length / rowBytes;
    for (let row = 0; row < rows.length; row += rowBytes) {
      for (let x = 0; x < width; x++) {
        let red = HALF;
        let green = HALF;
        let blue = HALF;
        let weight = x * stride;
        let source = row + start[x]! * 3;
        for (let i = count[x]!; i > 0; i--) {
          const w = values[weight++]!;
          red += Math.imul(rows[source]!, w);
          green += Math.imul(rows[source + 1]!, w);
          blue += Math.imul(rows[source + 2]!, w);
          source += 3;
        }
        resampled[target++] = red >> PRECISION_BITS;
        resampled[target++] = green >> PRECISION_BITS;
        resampled[target++] = blue >> PRECISION_BITS;
      }
    }
  }

  /** The result, after all rows have been pushed. */
  finish(): RgbImage {
    if (this.#received !== this.#inputHeight) {
      throw new RangeError(`The resizer got ${this.#received} of ${this.#inputHeight} rows.`);
    }
    const { start, count, values, stride } = computeWeights(this.#inputHeight, this.#height);
    const [resampled, width, height] = [this.#rows, this.#width, this.#height];
    const rowBytes = width * 3;
    const data = new Uint8ClampedArray(height * rowBytes);
    for (let y = 0; y < height; y++) {
      const [first, taps] = [start[y]! * rowBytes, count[y]!];
      for (let x = 0; x < rowBytes; x++) {
        let sum = HALF;
        let source = first + x;
        let weight = y * stride;
        for (let i = taps; i > 0; i--) {
          sum += Math.imul(resampled[source]!, values[weight++]!);
          source += rowBytes;
        }
        data[y * rowBytes + x] = sum >> PRECISION_BITS;
      }
    }
    return { width, height, data: new Uint8Array(data.buffer) };
  }
}

/** `BicubicResizer` for a picture that is already in memory. */
export function resizeBicubic(image: RgbImage, width: number, height: number): RgbImage {
  const resizer = new BicubicResizer(image.width, image.height, width, height);
  resizer.push(image.data);
  return resizer.finish();
}
