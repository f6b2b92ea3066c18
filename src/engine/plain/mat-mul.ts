import type { PlainTensor } from '../ort/runtime';

/**
 * Matrix products of [..., m, p] and [..., p, n], where the leading axes are equal or one side has none. Sums are kept
 * in double precision and rounded once.
 * @throws Error where the shapes do not fit
 */
export function matMul(a: PlainTensor, b: PlainTensor): PlainTensor {
  const [m = 1, p = 1] = a.dims.slice(-2);
  const [rows = 1, n = 1] = b.dims.slice(-2);
  const [left, right] = [a.dims.slice(0, -2), b.dims.slice(0, -2)];
  const batch = left.length > 0 ? left : right;
  const fits = left.length === 0 || right.length === 0 || left.join() === right.join();
  if (p !== rows || a.dims.length < 2 || b.dims.length < 2 || !fits) {
    throw new Error(`Matrices of ${a.dims.join(' x ')} and ${b.dims.join(' x ')} cannot be multiplied.`);
  }
  const count = batch.reduce((all, dim) => all * dim, 1);
  const data = new Float32Array(count * m * n);
  const row = new Float64Array(n);
  const [x, y] = [a.data as Float32Array, b.data as Float32Array];
  for (let c = 0; c < count; c++) {
    const [fromA, fromB] = [left.length > 0 ? c * m * p : 0, right.length > 0 ? c * p * n : 0];
    for (let i = 0; i < m; i++) {
      multiplyRow(x, fromA + i * p, p, y, fromB, row);
      data.set(row, (c * m + i) * n);
    }
  }
  return { data, dims: [...batch, m, n] };
}

/** A row of `p` values from `at` on, times a matrix from `from` on. Zeros, which masked tokens leave, cost nothing. */
function multiplyRow(
  x: Float32Array,
  at: number,
  p: number,
  y: Float32Array,
  from: number,
  out: Float64Array,
): void {
  out.fill(0);
  const n = out.length;
  for (let k = 0; k < p; k++) {
    const factor = x[at + k]!;
    if (factor === 0) continue;
    const begin = from + k * n;
    for (let j = 0; j < n; j++) out[j]! += factor * y[begin + j]!;
  }
}
