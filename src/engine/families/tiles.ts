import type { Graph, Value } from '../onnx/graph';
import { doubledWinograd, TILE, twoAxes, type Winograd, winograd } from './winograd';

/**
 * Channels of a square picture in tiles of 4 x 4 pixels: [16, channels, tiles down * tiles across], where plane 4 r + c holds
 * the pixels of row r and column c of every tile. A 3x3 convolution then is a few matrix products over whole planes, without
 * gathering pixels from between others.
 */
export interface Tiles {
  readonly value: Value;
  readonly channels: number;
  /** Tiles along a side. */
  readonly across: number;
}

type Matrix = Winograd['input'];

/** A 3x3 convolution with zeros around. @param weight [out * in, 9] */
export function convolveTiles(graph: Graph, { value, channels, across }: Tiles, weight: Value): Tiles {
  const planes = graph.reshape(value, [TILE, TILE, channels, across, across]);
  return convolvePlanes(graph, planes, weight, winograd());
}

/**
 * Twice as high and wide, every value repeated, and a 3x3 convolution with zeros around.
 * @param x tiles, or [1, channels, side, side] of an even side
 * @param weight [out * in, 9]
 */
export function doubleAndConvolve(graph: Graph, x: Tiles | Value, weight: Value): Tiles {
  return convolvePlanes(graph, pairs(graph, x), weight, doubledWinograd());
}

/** A product with a matrix at every pixel. @param weight [out, in] */
export function mixChannels(graph: Graph, { value, across }: Tiles, weight: Value): Tiles {
  return { value: graph.matmul(weight, value), channels: weight.dims[0]!, across };
}

/** [1, channels, side, side] */
export function untiled(graph: Graph, { value, channels, across }: Tiles): Value {
  const planes = graph.reshape(value, [TILE, TILE, channels, across, across]);
  const side = TILE * across;
  return graph.reshape(graph.transpose(planes, [2, 3, 0, 4, 1]), [1, channels, side, side]);
}

/** Pixels in tiles of 2 x 2: [2, 2, channels, n, n]. */
function pairs(graph: Graph, x: Tiles | Value): Value {
  if ('across' in x) {
    const { channels, across } = x;
    const halves = graph.reshape(x.value, [2, 2, 2, 2, channels, across, across]);
    const ordered = graph.transpose(halves, [1, 3, 4, 5, 0, 6, 2]);
    return graph.reshape(ordered, [2, 2, channels, 2 * across, 2 * across]);
  }
  const [, channels = 0, side = 0] = x.dims;
  return graph.transpose(graph.reshape(x, [channels, side / 2, 2, side / 2, 2]), [2, 4, 0, 1, 3]);
}

/** How many numbers may be between two products at a time: 20 MB, where a whole picture of 256 x 256 would take 75. */
const MOST_AT_ONCE = 5_000_000;

/** @param planes [n, n, channels, across, across] */
function convolvePlanes(graph: Graph, planes: Value, weight: Value, by: Winograd): Tiles {
  const [, , inner = 0, across = 0] = planes.dims;
  const out = weight.dims[0]! / inner;
  const products = by.input.length ** 2;
  const matrices: Matrices = {
    input: constant(graph, by.input),
    kernel: graph.reshape(
      graph.op('Gemm', [constant(graph, twoAxes(by.kernel)), weight], [products, out * inner], { transB: 1 }),
      [products, out, inner],
    ),
    output: constant(graph, twoAxes(by.output)),
  };
  let bands = 1;
  while (
    across % (2 * bands) === 0 &&
    (products * Math.max(inner, out) * across * across) / bands > MOST_AT_ONCE
  ) {
    bands *= 2;
  }
  const size = across / bands;
  const parts = Array.from({ length: bands }, (_, i) =>
    convolveBand(graph, planes, matrices, { from: i * size, to: (i + 1) * size }),
  );
  const dims = [TILE * TILE, out, across * across];
  const value = bands === 1 ? parts[0]! : graph.op('Concat', parts, dims, { axis: 2 });
  return { value, channels: out, across };
}

/** Constants of a convolution: [products, read], [products^2, out, in], [16, products^2]. */
interface Matrices {
  readonly input: Value;
  readonly kernel: Value;
  readonly output: Value;
}

/** Rows of tiles. */
interface Band {
  readonly from: number;
  readonly to: number;
}

/** @returns [16, out, tiles of the band] */
function convolveBand(graph: Graph, planes: Value, { input, kernel, output }: Matrices, band: Band): Value {
  const [, , inner = 0, across = 0] = planes.dims;
  const [all = 0, out = 0] = kernel.dims;
  const [products = 0] = input.dims;
  const height = band.to - band.from;
  const tiles = height * across;

  const rows = neighbours(graph, planes, 0, band);
  const [rowsRead = 0, columns = 0] = rows.dims;
  const down = graph.matmul(input, graph.reshape(rows, [rowsRead, columns * inner * tiles]));
  const grid = graph.reshape(down, [products, columns, inner, height, across]);
  const both = neighbours(graph, grid, 1, { from: 0, to: across });
  const read = graph.matmul(input, graph.reshape(both, [products, both.dims[1]!, inner * tiles]));
  const mixed = graph.matmul(kernel, graph.reshape(read, [all, inner, tiles]));
  const written = graph.matmul(output, graph.reshape(mixed, [all, out * tiles]));
  return graph.reshape(written, [TILE * TILE, out, tiles]);
}

/**
 * Planes along an axis (0: rows, 1: columns), between the last one of the tiles before and the first one of those behind.
 * @param planes [n, m, channels, down, across]
 * @param band which tiles along that axis
 */
function neighbours(graph: Graph, planes: Value, axis: 0 | 1, { from, to }: Band): Value {
  const count = planes.dims[axis]!;
  const along = axis + 3;
  const before = part(graph, planes, axis, count - 1, count);
  const behind = part(graph, planes, axis, 0, 1);
  const parts = [
    within(graph, before, along, from - 1, to - 1),
    within(graph, planes, along, from, to),
    within(graph, behind, along, from + 1, to + 1),
  ];
  const dims = parts[1]!.dims.map((size, i) => (i === axis ? size + 2 : size));
  return graph.op('Concat', parts, dims, { axis });
}

/** A part along an axis, with zeros where it reaches one beyond either end. */
function within(graph: Graph, x: Value, axis: number, from: number, to: number): Value {
  const size = x.dims[axis]!;
  if (from === 0 && to === size) return x;
  const kept = part(graph, x, axis, Math.max(0, from), Math.min(size, to));
  if (from >= 0 && to <= size) return kept;
  const pads = Array<number>(2 * x.dims.length).fill(0);
  if (from < 0) pads[axis] = 1;
  if (to > size) pads[axis + x.dims.length] = 1;
  return graph.op(
    'Pad',
    [kept, graph.int64s(pads)],
    x.dims.map((was, i) => (i === axis ? to - from : was)),
  );
}

function part(graph: Graph, x: Value, axis: number, from: number, to: number): Value {
  const inputs = [x, graph.int64s([from]), graph.int64s([to]), graph.int64s([axis])];
  return graph.op(
    'Slice',
    inputs,
    x.dims.map((size, i) => (i === axis ? to - from : size)),
  );
}

function constant(graph: Graph, matrix: Matrix): Value {
  return graph.floats(matrix.flat(), [matrix.length, matrix[0]!.length]);
}
