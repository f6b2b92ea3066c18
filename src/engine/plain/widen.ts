import type { DataType } from '../onnx/proto';

/**
 * Little-endian bytes of an ONNX tensor as 32-bit numbers; 64-bit integers, which are shapes and places, become 32-bit.
 * @returns undefined for other types
 */
export function widen(
  bytes: Uint8Array,
  type: DataType | 'int8' | undefined,
): Float32Array | Int32Array | undefined {
  switch (type) {
    case 'float32':
      return new Float32Array(aligned(bytes), 0, bytes.length >> 2);
    case 'int32':
      return new Int32Array(aligned(bytes), 0, bytes.length >> 2);
    case 'int64':
      return Int32Array.from(new BigInt64Array(aligned(bytes), 0, bytes.length >> 3), Number);
    case 'int8':
      return new Float32Array(new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length));
    case 'float16':
      return widenHalves(new Uint16Array(aligned(bytes), 0, bytes.length >> 1));
    default:
      return undefined;
  }
}

/** A copy, whose address is aligned for any type. */
function aligned(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer; // a Buffer's `slice` would copy nothing
}

/** Bytes of a number of a type that can be widened. */
export const BYTES: Readonly<Record<string, number>> = {
  float32: 4,
  int32: 4,
  int64: 8,
  int8: 1,
  float16: 2,
};

/** By a table where there are many more values than the 65,536 that exist. */
function widenHalves(halves: Uint16Array): Float32Array {
  if (halves.length < 65536) return Float32Array.from(halves, fromHalf);
  const table = new Float32Array(65536);
  for (let half = 0; half < table.length; half++) table[half] = fromHalf(half);
  const values = new Float32Array(halves.length);
  for (let i = 0; i < halves.length; i++) values[i] = table[halves[i]!]!;
  return values;
}

/** IEEE 754 binary16. */
function fromHalf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 31;
  const mantissa = half & 1023;
  if (exponent === 0) return sign * mantissa * 2 ** -24;
  if (exponent === 31) return mantissa ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1024 + mantissa) * 2 ** (exponent - 25);
}
