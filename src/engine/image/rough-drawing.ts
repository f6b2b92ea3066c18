import type { PlainTensor } from '../ort/runtime';

/** Places of a picture to learn from, and to check by. */
const LEARNT = 2048;
const CHECKED = 1024;

/** Below this PSNR a rough picture is a nuisance. */
const LEAST_DB = 20;

/** Share of what earlier pictures taught that stays when another one is learnt. */
const MEMORY = 0.5;

/** Added to the diagonal, as a share of its mean, so that channels that say the same can be told apart. */
const RIDGE = 1e-5;

/**
 * Draws a picture from what a decoder has computed halfway, by one linear map from the channels at a place to the pixels
 * there. The map is learnt by least squares from the model's own pictures (a linear probe: Alain and Bengio 2016), so that
 * it suits any weights, and is checked on places that it has not seen: it draws only where it comes close.
 */
export class RoughDrawing {
  #products: Float64Array | undefined;
  #sums: Float64Array | undefined;
  #map: Float64Array | undefined;

  /** PSNR in dB of the last picture that was learnt, where it was not learnt from; -Infinity before. */
  psnr = Number.NEGATIVE_INFINITY;

  get isGood(): boolean {
    return this.psnr >= LEAST_DB;
  }

  /**
   * @param features [1, channels, n, n]
   * @param image [1, 3, f n, f n] that became of it, in [0, 1], with a whole number f
   */
  learn(features: PlainTensor, image: PlainTensor): void {
    const shape = shapeOf(features, image);
    const { inputs, outputs, places } = shape;
    this.#products ??= new Float64Array(inputs * inputs);
    this.#sums ??= new Float64Array(inputs * outputs);
    const [products, sums] = [this.#products, this.#sums];
    for (let i = 0; i < products.length; i++) products[i] = products[i]! * MEMORY;
    for (let i = 0; i < sums.length; i++) sums[i] = sums[i]! * MEMORY;
    const x = new Float64Array(inputs);
    const y = new Float64Array(outputs);
    for (const place of spread(places, LEARNT, 0)) {
      readFeatures(features, shape, place, x);
      readPixels(image, shape, place, y);
      for (let i = 0; i < inputs; i++) {
        const value = x[i]!;
        for (let j = 0; j <= i; j++) products[i * inputs + j]! += value * x[j]!;
        for (let j = 0; j < outputs; j++) sums[i * outputs + j]! += value * y[j]!;
      }
    }
    this.#map = solve(products, sums, inputs, outputs);
    let error = 0;
    let count = 0;
    const drawn = new Float64Array(outputs);
    for (const place of spread(places, CHECKED, 0.5)) {
      readFeatures(features, shape, place, x);
      readPixels(image, shape, place, y);
      multiply(this.#map, x, drawn);
      for (let j = 0; j < outputs; j++) error += (clamped(drawn[j]!) - y[j]!) ** 2;
      count += outputs;
    }
    this.psnr = -10 * Math.log10(error / count);
  }

  /** @returns [1, 3, side, side]; undefined where no map is good enough */
  draw(features: PlainTensor, side: number): PlainTensor | undefined {
    const map = this.#map;
    if (!map || !this.isGood) return undefined;
    const image = { data: new Float32Array(3 * side * side), dims: [1, 3, side, side] };
    const shape = shapeOf(features, image);
    const x = new Float64Array(shape.inputs);
    const y = new Float64Array(shape.outputs);
    for (let place = 0; place < shape.places; place++) {
      readFeatures(features, shape, place, x);
      multiply(map, x, y);
      eachPixel(shape, place, (at, j) => {
        image.data[at] = y[j]!;
      });
    }
    return image;
  }
}

interface Shape {
  /** Channels, and a 1. */
  readonly inputs: number;
  /** Numbers of the pixels at a place. */
  readonly outputs: number;
  readonly places: number;
  /** Places along a side, and pixels along a side of a place. */
  readonly across: number;
  readonly size: number;
}

function shapeOf({ dims }: PlainTensor, image: PlainTensor): Shape {
  const [, channels = 0, across = 0] = dims;
  const size = image.dims[3]! / across;
  return { inputs: channels + 1, outputs: 3 * size * size, places: across * across, across, size };
}

/** About `count` numbers below `end`, evenly, moved by a share of their distance. */
function spread(end: number, count: number, share: number): number[] {
  const step = Math.max(1, end / count);
  return Array.from({ length: Math.min(end, count) }, (_, i) => Math.floor((i + share) * step)).filter(
    (place) => place < end,
  );
}

function readFeatures(
  { data }: PlainTensor,
  { inputs, places }: Shape,
  place: number,
  x: Float64Array,
): void {
  for (let i = 0; i < inputs - 1; i++) x[i] = data[i * places + place]!;
  x[inputs - 1] = 1;
}

function readPixels({ data }: PlainTensor, shape: Shape, place: number, y: Float64Array): void {
  eachPixel(shape, place, (at, j) => {
    y[j] = clamped(data[at]!);
  });
}

function eachPixel({ across, size }: Shape, place: number, visit: (at: number, j: number) => void): void {
  const side = across * size;
  const [top, left] = [Math.floor(place / across) * size, (place % across) * size];
  let j = 0;
  for (let colour = 0; colour < 3; colour++) {
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++) {
        visit((colour * side + top + row) * side + left + column, j++);
      }
    }
  }
}

/** @param map [inputs, outputs] */
function multiply(map: Float64Array, x: Float64Array, y: Float64Array): void {
  y.fill(0);
  for (let i = 0; i < x.length; i++) {
    const value = x[i]!;
    for (let j = 0; j < y.length; j++) y[j]! += value * map[i * y.length + j]!;
  }
}

/** Solves products * map = sums by Cholesky's decomposition. @param products [n, n], its lower half */
function solve(products: Float64Array, sums: Float64Array, n: number, outputs: number): Float64Array {
  const lower = products.slice();
  let trace = 0;
  for (let i = 0; i < n; i++) trace += lower[i * n + i]!;
  for (let i = 0; i < n; i++) lower[i * n + i]! += (RIDGE * trace) / n + Number.MIN_VALUE;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let value = lower[i * n + j]!;
      for (let k = 0; k < j; k++) value -= lower[i * n + k]! * lower[j * n + k]!;
      lower[i * n + j] =
        i === j ? Math.sqrt(Math.max(value, Number.EPSILON * trace)) : value / lower[j * n + j]!;
    }
  }
  const map = sums.slice();
  for (let o = 0; o < outputs; o++) {
    for (let i = 0; i < n; i++) {
      let value = map[i * outputs + o]!;
      for (let k = 0; k < i; k++) value -= lower[i * n + k]! * map[k * outputs + o]!;
      map[i * outputs + o] = value / lower[i * n + i]!;
    }
    for (let i = n - 1; i >= 0; i--) {
      let value = map[i * outputs + o]!;
      for (let k = i + 1; k < n; k++) value -= lower[k * n + i]! * map[k * outputs + o]!;
      map[i * outputs + o] = value / lower[i * n + i]!;
    }
  }
  return map;
}

function clamped(value: number): number {
  return Math.min(1, Math.max(0, value));
}
