import type { PlainTensor } from '../ort/runtime';

/** Sizes of a cache of keys and values: [2 depth, batch, heads, ids, head]. */
export interface CacheShape {
  readonly depth: number;
  readonly heads: number;
  readonly head: number;
}

/** Keys and values of one window's ids, [2 depth, 1, heads, length, head]. */
export interface KeyValues {
  readonly data: Float32Array;
  readonly length: number;
}

/**
 * The first ids of several windows as one tensor.
 * @param rows windows of at least `length` ids each; undefined where `length` is 0
 */
export function stacked(
  rows: readonly (KeyValues | undefined)[],
  length: number,
  { depth, heads, head }: CacheShape,
): PlainTensor {
  const dims = [2 * depth, rows.length, heads, length, head];
  const [only] = rows;
  if (rows.length === 1 && only?.length === length) return { data: only.data, dims };
  const data = new Float32Array(2 * depth * rows.length * heads * length * head);
  if (length === 0) return { data, dims };
  const size = length * head;
  for (let layer = 0, at = 0; layer < 2 * depth; layer++) {
    for (const row of rows) {
      const stride = row!.length * head;
      for (let h = 0; h < heads; h++, at += size) {
        const from = (layer * heads + h) * stride;
        data.set(row!.data.subarray(from, from + size), at);
      }
    }
  }
  return { data, dims };
}

/** One window out of a tensor of several. */
export function rowOf({ data, dims }: PlainTensor, row: number): KeyValues {
  const [layers = 0, rows = 0, heads = 0, length = 0, head = 0] = dims;
  const all = data as Float32Array;
  if (rows === 1) return { data: all, length };
  const size = heads * length * head;
  const own = new Float32Array(layers * size);
  for (let layer = 0; layer < layers; layer++) {
    const from = (layer * rows + row) * size;
    own.set(all.subarray(from, from + size), layer * size);
  }
  return { data: own, length };
}
