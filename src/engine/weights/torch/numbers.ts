import { TokenoscopeError } from '../../../core/errors';
import { type ElementType, elements } from './tensors';

/** How a type is stored: types that this page's graphs know, exactly, but for float64, which is rounded. */
export const STORED: Readonly<Record<ElementType, 'F32' | 'F16' | 'I32'>> = {
  float64: 'F32',
  float32: 'F32',
  float16: 'F16',
  bfloat16: 'F32',
  int64: 'I32',
  int32: 'I32',
  int16: 'I32',
  int8: 'I32',
  uint8: 'I32',
  bool: 'I32',
};

/** Bytes of a number as it is stored. */
export const STORED_BYTES = { F32: 4, F16: 2, I32: 4 } as const;

/**
 * Numbers of a type as those that they are stored as.
 * @param tensor whose they are, for messages
 * @returns the same bytes where nothing changes
 * @throws TokenoscopeError `checkpoint-refused` for a whole number beyond 32 bits
 */
export function storedNumbers(bytes: Uint8Array, type: ElementType, tensor: string): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const count = bytes.length / elements[type];
  switch (type) {
    case 'float32':
    case 'float16':
    case 'int32':
      return bytes;
    case 'bfloat16': {
      // The upper half of a 32-bit float.
      const out = new Uint32Array(count);
      for (let i = 0; i < count; i++) out[i] = view.getUint16(2 * i, true) << 16;
      return new Uint8Array(out.buffer);
    }
    case 'float64': {
      const out = new Float32Array(count);
      for (let i = 0; i < count; i++) out[i] = view.getFloat64(8 * i, true);
      return new Uint8Array(out.buffer);
    }
    default: {
      const out = new Int32Array(count);
      for (let i = 0; i < count; i++) out[i] = wholeNumber(view, i, type, tensor);
      return new Uint8Array(out.buffer);
    }
  }
}

function wholeNumber(view: DataView, i: number, type: ElementType, tensor: string): number {
  switch (type) {
    case 'int64': {
      const value = Number(view.getBigInt64(8 * i, true));
      if (value === (value | 0)) return value;
      throw new TokenoscopeError(
        'checkpoint-refused',
        `"${tensor}" holds the whole number ${value}, which does not fit into 32 bits.`,
        'Convert the checkpoint without it.',
      );
    }
    case 'int16':
      return view.getInt16(2 * i, true);
    case 'int8':
      return view.getInt8(i);
    default:
      return view.getUint8(i);
  }
}
