import type { PlainTensor } from '../ort/runtime';
import { matMul } from './mat-mul';

export type Attributes = Readonly<Record<string, number | readonly number[]>>;
export type Values = PlainTensor['data'];

/** Computes a node's output. Inputs are never changed, but may share their data with the output. */
export type Operator = (inputs: readonly PlainTensor[], attributes: Attributes) => PlainTensor;

/** Of two numbers. */
export const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  // Written to an array of integers, the quotient loses its fraction, as integer division does.
  Div: (a, b) => a / b,
};

/** The operators that run without onnxruntime, as ONNX defines them (opset 17), on 32-bit floats and integers. */
export const OPERATORS: Readonly<Record<string, Operator>> = {
  ...Object.fromEntries(Object.entries(ARITHMETIC).map(([type, of]) => [type, elementwise(of)])),
  Less: elementwise((a, b) => (a < b ? 1 : 0), true),
  Equal: elementwise((a, b) => (a === b ? 1 : 0), true),
  Cast: ([x], { to }) => ({ data: cast(x!.data, to as number), dims: x!.dims }),
  Concat: concat,
  Gather: gather,
  MatMul: ([a, b]) => matMul(a!, b!),
  ReduceSum: reduceSum,
  Reshape: reshape,
  Slice: slice,
};

const FLOAT = 1;
const INT32 = 6;

/** @param to ONNX's number of a type */
export function cast(data: Values, to: number): Values {
  if (to === FLOAT) return data instanceof Float32Array ? data : new Float32Array(data);
  if (to === INT32) return data instanceof Int32Array ? data : new Int32Array(data);
  throw new Error(`Casting to type ${to} is not supported.`);
}

/** Room for numbers of the same type. */
export function likeOf(data: Values, length: number): Values {
  return data instanceof Float32Array ? new Float32Array(length) : new Int32Array(length);
}

export function product(dims: readonly number[]): number {
  return dims.reduce((all, dim) => all * dim, 1);
}

/** An operator on pairs of values, broadcast as NumPy does. @param isTest whether it answers 0 or 1 */
function elementwise(of: (a: number, b: number) => number, isTest = false): Operator {
  return ([a, b]) => {
    const rank = Math.max(a!.dims.length, b!.dims.length);
    const left = padded(a!.dims, rank);
    const right = padded(b!.dims, rank);
    const dims = left.map((dim, i) => (dim === 1 ? right[i]! : dim));
    const data = isTest ? new Int32Array(product(dims)) : likeOf(a!.data, product(dims));
    const [x, y] = [a!.data, b!.data];
    const size = dims.at(-1) ?? 1;
    const [stepX, stepY] = [left, right].map((own) => (own.at(-1) === 1 ? 0 : 1)) as [number, number];
    const [rowsX, rowsY] = [rowsOf(left, dims), rowsOf(right, dims)];
    for (let row = 0, to = 0; row < rowsX.length; row++) {
      let [atX, atY] = [rowsX[row]!, rowsY[row]!];
      for (const end = to + size; to < end; to++, atX += stepX, atY += stepY) data[to] = of(x[atX]!, y[atY]!);
    }
    return { data, dims };
  };
}

/** With axes of one before the others. */
export function padded(dims: readonly number[], rank: number): number[] {
  return [...Array<number>(rank - dims.length).fill(1), ...dims];
}

/** For every row (along the last axis) of a broadcast result, where in an operand of these `dims` its values begin. */
function rowsOf(dims: readonly number[], result: readonly number[]): Int32Array {
  let rows = new Int32Array(1);
  let stride = product(dims);
  for (const [axis, size] of result.slice(0, -1).entries()) {
    stride /= dims[axis]!;
    const step = dims[axis] === 1 ? 0 : stride;
    const next = new Int32Array(rows.length * size);
    for (let i = 0, at = 0; i < rows.length; i++) {
      for (let j = 0; j < size; j++) next[at++] = rows[i]! + j * step;
    }
    rows = next;
  }
  return rows;
}

function concat(inputs: readonly PlainTensor[], { axis }: Attributes): PlainTensor {
  const [first] = inputs;
  const dims = [...first!.dims];
  const at = fromEnd(axis as number, dims.length);
  dims[at] = inputs.reduce((sum, input) => sum + input.dims[at]!, 0);
  const data = likeOf(first!.data, product(dims));
  const outer = product(dims.slice(0, at));
  let place = 0;
  for (let i = 0; i < outer; i++) {
    for (const input of inputs) {
      const length = input.data.length / outer;
      data.set(input.data.subarray(i * length, (i + 1) * length), place);
      place += length;
    }
  }
  return { data, dims };
}

function gather([x, indices]: readonly PlainTensor[], { axis = 0 }: Attributes): PlainTensor {
  const at = fromEnd(axis as number, x!.dims.length);
  const [before, after] = [x!.dims.slice(0, at), x!.dims.slice(at + 1)];
  const size = x!.dims[at]!;
  const inner = product(after);
  const dims = [...before, ...indices!.dims, ...after];
  const data = likeOf(x!.data, product(dims));
  const { length } = indices!.data;
  for (let i = 0; i < product(before); i++) {
    for (let j = 0; j < length; j++) {
      const from = (i * size + fromEnd(indices!.data[j]!, size)) * inner;
      const to = (i * length + j) * inner;
      if (inner === 1) data[to] = x!.data[from]!;
      else data.set(x!.data.subarray(from, from + inner), to);
    }
  }
  return { data, dims };
}

function reduceSum([x, axes]: readonly PlainTensor[], { keepdims = 1 }: Attributes): PlainTensor {
  const [axis, ...more] = axes?.data ?? [];
  if (axis === undefined || more.length > 0) throw new Error('ReduceSum is supported along one axis only.');
  const at = fromEnd(axis, x!.dims.length);
  const size = x!.dims[at]!;
  const inner = product(x!.dims.slice(at + 1));
  const outer = product(x!.dims.slice(0, at));
  const data = likeOf(x!.data, outer * inner);
  for (let i = 0; i < outer; i++) {
    for (let j = 0; j < inner; j++) {
      let sum = 0;
      for (let s = 0; s < size; s++) sum += x!.data[(i * size + s) * inner + j]!;
      data[i * inner + j] = sum;
    }
  }
  const kept = keepdims === 0 ? [] : [1];
  return { data, dims: [...x!.dims.slice(0, at), ...kept, ...x!.dims.slice(at + 1)] };
}

function reshape([x, shape]: readonly PlainTensor[]): PlainTensor {
  return { data: x!.data, dims: reshaped(x!.dims, shape!.data) };
}

/** @param shape as Reshape's second input: 0 keeps a size, and one -1 takes what is left */
export function reshaped(before: readonly number[], shape: Values): number[] {
  const dims = Array.from(shape, (dim, i) => (dim === 0 ? before[i]! : dim));
  const open = dims.indexOf(-1);
  if (open >= 0) dims[open] = product(before) / -product(dims);
  return dims;
}

function slice([x, starts, ends, axes, steps]: readonly PlainTensor[]): PlainTensor {
  if (steps?.data.some((step) => step !== 1)) throw new Error('Slice is supported in steps of 1 only.');
  return Array.from(starts!.data).reduce(
    (cut, start, i) => cutAxis(cut, start, ends!.data[i]!, axes?.data[i] ?? i),
    x!,
  );
}

function cutAxis(x: PlainTensor, start: number, end: number, axis: number): PlainTensor {
  const at = fromEnd(axis, x.dims.length);
  const size = x.dims[at]!;
  const from = Math.min(fromEnd(start, size), size);
  const length = Math.max(0, Math.min(fromEnd(end, size), size) - from);
  const inner = product(x.dims.slice(at + 1));
  const dims = x.dims.map((dim, i) => (i === at ? length : dim));
  const outer = product(x.dims.slice(0, at));
  if (outer === 1) return { data: x.data.subarray(from * inner, (from + length) * inner), dims };
  const data = likeOf(x.data, product(dims));
  for (let i = 0; i < outer; i++) {
    const begin = (i * size + from) * inner;
    data.set(x.data.subarray(begin, begin + length * inner), i * length * inner);
  }
  return { data, dims };
}

/** Negative numbers count from the end. */
export function fromEnd(at: number, size: number): number {
  return at < 0 ? at + size : at;
}
