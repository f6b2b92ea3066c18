import type { Pickled, PickledObject } from './pickle';

/** The number types of PyTorch that are read. */
export const elements = {
  float64: 8,
  float32: 4,
  float16: 2,
  bfloat16: 2,
  int64: 8,
  int32: 4,
  int16: 2,
  int8: 1,
  uint8: 1,
  bool: 1,
} as const;

export type ElementType = keyof typeof elements;

/** Numbers in a row, which tensors look into; several may share them. Their bytes stand outside of the pickle. */
export interface TorchStorage extends PickledObject {
  readonly kind: 'storage';
  readonly key: string;
  readonly type: ElementType;
  /** Numbers. */
  readonly length: number;
}

/** A tensor: number [i, j, ...] is at offset + i strides[0] + j strides[1] + ... of the storage. */
export interface TorchTensor extends PickledObject {
  readonly kind: 'tensor';
  readonly storage: TorchStorage;
  /** In numbers, as the strides are. */
  readonly offset: number;
  readonly dims: readonly number[];
  readonly strides: readonly number[];
}

export function isTensor(value: Pickled | undefined): value is TorchTensor {
  return isObject(value) && value.kind === 'tensor';
}

export function isStorage(value: Pickled | undefined): value is TorchStorage {
  return isObject(value) && value.kind === 'storage';
}

export function isObject(value: Pickled | undefined): value is PickledObject {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

/** Numbers that a tensor shows. */
export function countOf({ dims }: Pick<TorchTensor, 'dims'>): number {
  return dims.reduce((product, dim) => product * dim, 1);
}

/** Whether a tensor's numbers stand one behind the other, in its own order. */
export function isContiguous({ dims, strides }: Pick<TorchTensor, 'dims' | 'strides'>): boolean {
  let expected = 1;
  for (let d = dims.length - 1; d >= 0; d--) {
    if (dims[d] !== 1 && strides[d] !== expected) return false;
    expected *= dims[d]!;
  }
  return true;
}

/** The part of its storage that a tensor looks into, in numbers; its end is not part of it. */
export function reachOf({ dims, strides, offset }: TorchTensor): {
  readonly from: number;
  readonly to: number;
} {
  if (dims.includes(0)) return { from: offset, to: offset };
  return { from: offset, to: 1 + dims.reduce((at, dim, d) => at + (dim - 1) * strides[d]!, offset) };
}

/**
 * The numbers of a tensor in its own order.
 * @param bytes of the stored numbers, from the first one of the tensor on
 * @param size bytes of a number
 */
export function gathered(
  { dims, strides }: Pick<TorchTensor, 'dims' | 'strides'>,
  bytes: Uint8Array,
  size: number,
): Uint8Array {
  const count = countOf({ dims });
  if (isContiguous({ dims, strides })) return bytes.subarray(0, count * size);
  const out = new Uint8Array(count * size);
  const index = new Array<number>(dims.length).fill(0);
  let from = 0;
  for (let at = 0; at < count; at++) {
    for (let b = 0; b < size; b++) out[at * size + b] = bytes[from * size + b]!;
    for (let d = dims.length - 1; d >= 0; d--) {
      from += strides[d]!;
      if (++index[d]! < dims[d]!) break;
      from -= strides[d]! * dims[d]!;
      index[d] = 0;
    }
  }
  return out;
}
