import { TokenoscopeError, throwIfAborted } from '../../../core/errors';
import { countOf, type ElementType, elements, gathered, reachOf, type TorchTensor } from './tensors';
import type { TorchFile } from './torch-file';
import type { ReadAt } from './zip';

/** How a type is stored: types that this page's graphs know, exactly, but for float64, which is rounded. */
const STORED: Readonly<Record<ElementType, 'F32' | 'F16' | 'I32'>> = {
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

const BYTES = { F32: 4, F16: 2, I32: 4 } as const;

/** As the format's own library pads. */
const ALIGNMENT = 8;

/** A tensor and its name in the file. */
export interface PlacedTensor {
  readonly name: string;
  readonly tensor: TorchTensor;
}

/** A safetensors file that has not been written yet. */
export interface PlannedSafetensors {
  readonly header: Uint8Array<ArrayBuffer>;
  /** Of the whole file. */
  readonly bytes: number;
  /** The tensors in the order of the file. */
  readonly order: readonly PlacedTensor[];
}

/** Plans a safetensors file. @param tensors names and tensors of one network */
export function planSafetensors(tensors: ReadonlyMap<string, TorchTensor>): PlannedSafetensors {
  const order = [...tensors].map(([name, tensor]) => ({ name, tensor }));
  let at = 0;
  const entries = order.map(({ name, tensor }) => {
    const dtype = STORED[tensor.storage.type];
    const begin = at;
    at += countOf(tensor) * BYTES[dtype];
    return [name, { dtype, shape: tensor.dims, data_offsets: [begin, at] }] as const;
  });
  const json = JSON.stringify(Object.fromEntries(entries));
  const text = new TextEncoder().encode(json);
  const length = Math.ceil(text.length / ALIGNMENT) * ALIGNMENT;
  const header = new Uint8Array(8 + length).fill(0x20);
  new DataView(header.buffer).setBigUint64(0, BigInt(length), true);
  header.set(text, 8);
  return { header, bytes: header.length + at, order };
}

/**
 * The bytes of a tensor in a safetensors file.
 * @throws TokenoscopeError `model-corrupt`, `aborted`; `checkpoint-refused` for a whole number beyond 32 bits
 */
export async function writeTensor(
  { name, tensor }: PlacedTensor,
  file: TorchFile,
  readAt: ReadAt,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  throwIfAborted(signal);
  const { storage } = tensor;
  const size = elements[storage.type];
  // Of a storage that many share, only the part that this one reaches.
  const { from, to } = reachOf(tensor);
  const bytes = await readAt((await file.locate(storage)) + from * size, (to - from) * size);
  return converted(gathered({ ...tensor, offset: tensor.offset - from }, bytes), storage.type, name);
}

function converted(bytes: Uint8Array<ArrayBuffer>, type: ElementType, name: string): Uint8Array<ArrayBuffer> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const size = elements[type];
  const count = bytes.length / size;
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
      for (let i = 0; i < count; i++) out[i] = wholeNumber(view, i, type, name);
      return new Uint8Array(out.buffer);
    }
  }
}

function wholeNumber(view: DataView, i: number, type: ElementType, name: string): number {
  switch (type) {
    case 'int64': {
      const value = Number(view.getBigInt64(8 * i, true));
      if (value === (value | 0)) return value;
      throw new TokenoscopeError(
        'checkpoint-refused',
        `"${name}" holds the whole number ${value}, which does not fit into 32 bits.`,
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
