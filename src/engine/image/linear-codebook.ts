import { type Codebook, type CodePart, vectorCodebook } from '../../core/image/codebook';
import { learnedCodebook } from '../../core/image/learned-codebook';
import { type GraphConstant, readConstants } from '../onnx/constants';

/** Of the id of a token that places a shape: `training/tokenoscope_training/local.py`. */
const PLACES = 16;

/**
 * The codebook of a karhunen model, from its decoder and the weights beside it (`export_onnx.py`, `export_local.py`):
 * constants named `codes` hold the two books of the global tokens, `books` and `book_scale` those of the local ones.
 * @returns undefined where the graph holds none of these
 */
export function linearCodebook(decoder: Uint8Array, weights: Uint8Array): Codebook | undefined {
  const { constants, inputsOf } = readConstants(decoder);
  const named = (prefix: string) => constants.filter(({ name }) => new RegExp(`^${prefix}_\\d`).test(name));
  const [first, second] = named('codes');
  // Tokens are compared with k by their numbers, in the order in which the graph keeps them.
  const numbers = inputsOf('Less').flatMap(([name]) => {
    const constant = constants.find((one) => one.name === name);
    return constant ? [int32(constant, weights)] : [];
  });
  const [order, ...local] = numbers;
  const [count, size, dims] = first?.dims ?? [];
  if (!first || !second || !order || !count || !size || !dims || order.length !== count) return undefined;
  const parts: CodePart[] = [
    {
      kind: 'sum',
      count,
      size,
      dims,
      first: inOrder(halves(first, weights), order, size * dims),
      second: inOrder(halves(second, weights), order, size * dims),
    },
  ];
  const scales = named('book_scale');
  for (const [i, book] of named('books').entries()) {
    const [rounds = 0, shapes = 0, numbersOfShape = 0] = book.dims;
    const tokens = local[i]?.length ?? 0;
    const scale = scales[i];
    if (!scale || rounds === 0 || tokens % rounds !== 0) return undefined;
    parts.push({
      kind: 'placed',
      count: tokens,
      size: shapes,
      dims: numbersOfShape,
      phases: tokens / rounds,
      places: PLACES,
      levels: new Int8Array(bytesOf(book, weights)),
      scale: new Float32Array(bytesOf(scale, weights)),
    });
  }
  return vectorCodebook(parts);
}

/** `TensorProto.DataType` of half precision. */
const HALF = 10;

/**
 * The codebook of a grid model, from its decoder and the weights beside it: the one table of vectors that has as many rows
 * as there are codes (`training/tokenoscope_training/grid`).
 * @returns undefined where the graph holds none
 */
export function gridCodebook(decoder: Uint8Array, weights: Uint8Array, size: number): Codebook | undefined {
  const tables = readConstants(decoder).constants.filter(
    ({ type, dims }) => type === HALF && dims.length === 2 && dims[0] === size,
  );
  const [table, ...more] = tables;
  const dims = table?.dims[1];
  return table && dims && more.length === 0 ? learnedCodebook(halves(table, weights), dims) : undefined;
}

/** A copy, so that it is aligned and keeps nothing else in memory. */
function bytesOf({ raw, offset, length }: GraphConstant, weights: Uint8Array): ArrayBuffer {
  return new Uint8Array(raw ?? weights.subarray(offset, offset + length)).buffer;
}

function int32(constant: GraphConstant, weights: Uint8Array): Int32Array {
  return new Int32Array(bytesOf(constant, weights));
}

/** Rows that are sorted by something else, in the order of the tokens. */
function inOrder(rows: Float32Array, order: Int32Array, width: number): Float32Array {
  const out = new Float32Array(rows.length);
  for (const [row, token] of order.entries()) {
    out.set(rows.subarray(row * width, (row + 1) * width), token * width);
  }
  return out;
}

function halves(constant: GraphConstant, weights: Uint8Array): Float32Array {
  return Float32Array.from(new Uint16Array(bytesOf(constant, weights)), fromHalf);
}

/** A number of half precision (IEEE 754 binary16). */
function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
