import * as v from 'valibot';
import { TokenoscopeError } from '../../core/errors';
import type { DataType } from '../onnx/proto';
import { damaged } from './damaged';
import { type ElementType, elements } from './torch/tensors';

/** A tensor of a checkpoint: what it is, and where its bytes lie in the file. */
export interface StoredTensor {
  readonly type: DataType;
  readonly dims: readonly number[];
  /** From the start of the file. */
  readonly offset: number;
  readonly length: number;
}

/** A tensor of any type. */
export interface TypedTensor extends Omit<StoredTensor, 'type'> {
  readonly type: ElementType;
}

/** The format's names of types (huggingface.co/docs/safetensors). */
const TYPES: Readonly<Record<string, ElementType>> = {
  F64: 'float64',
  F32: 'float32',
  F16: 'float16',
  BF16: 'bfloat16',
  I64: 'int64',
  I32: 'int32',
  I16: 'int16',
  I8: 'int8',
  U8: 'uint8',
  BOOL: 'bool',
};
/** Those that this page's graphs know. */
const USABLE: Readonly<Record<string, DataType>> = { float32: 'float32', float16: 'float16', int32: 'int32' };

/** The format's own limit on its header (huggingface.co/docs/safetensors). */
const HEADER_LIMIT = 100_000_000;

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const entry = v.object({
  dtype: v.string(),
  shape: v.array(whole),
  data_offsets: v.tuple([whole, whole]),
});

/** How many bytes of a file `readHeader` needs: 8 for the length itself. */
export const LENGTH_BYTES = 8;

/**
 * How long the header of a safetensors file is, with the 8 bytes that say so.
 * @param start at least the first 8 bytes
 * @throws TokenoscopeError `model-corrupt`
 */
export function headerLength(start: Uint8Array, name: string): number {
  if (start.length < LENGTH_BYTES) throw damaged(name, `it ends after ${start.length} bytes`);
  const view = new DataView(start.buffer, start.byteOffset, LENGTH_BYTES);
  const length = view.getBigUint64(0, true);
  if (length > BigInt(HEADER_LIMIT)) {
    throw damaged(name, `its header would take ${length} bytes, and may take ${HEADER_LIMIT} at most`);
  }
  return LENGTH_BYTES + Number(length);
}

/** Tensors of types that this page's graphs know. @throws TokenoscopeError as `readTensors`, and for another type */
export function readHeader(
  header: Uint8Array,
  fileLength: number,
  name: string,
): ReadonlyMap<string, StoredTensor> {
  const tensors = new Map<string, StoredTensor>();
  for (const [key, tensor] of readTensors(header, fileLength, name)) {
    const type = USABLE[tensor.type];
    if (!type) {
      throw new TokenoscopeError(
        'model-corrupt',
        `${name} stores "${key}" as ${tensor.type}, where ${Object.keys(USABLE).join(', ')} are read.`,
        'Convert the checkpoint to one of those types.',
      );
    }
    tensors.set(key, { ...tensor, type });
  }
  return tensors;
}

/**
 * The tensors that a safetensors file names. Offsets are checked: each lies within the file, has the length that
 * type and shape ask for, and no two overlap.
 * @param header the file's first `headerLength` bytes
 * @param fileLength bytes of the whole file
 * @throws TokenoscopeError `model-corrupt` that names the tensor
 */
export function readTensors(
  header: Uint8Array,
  fileLength: number,
  name: string,
): ReadonlyMap<string, TypedTensor> {
  const start = headerLength(header, name);
  if (header.length < start || fileLength < start) throw damaged(name, 'it ends within its header');
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(header.subarray(LENGTH_BYTES, start)));
  } catch {
    throw damaged(name, 'its header is not JSON');
  }
  const parsed = v.safeParse(v.record(v.string(), v.unknown()), json);
  if (!parsed.success || Array.isArray(json)) throw damaged(name, 'its header is not a JSON object');
  const tensors = new Map<string, TypedTensor>();
  for (const [key, value] of Object.entries(parsed.output)) {
    if (key !== '__metadata__') tensors.set(key, readEntry(key, value, start, fileLength, name));
  }
  refuseOverlaps(tensors, name);
  return tensors;
}

/**
 * Texts that the file brings along in its header; none where it has no such thing, or nothing that is right.
 * @param header the file's first `headerLength` bytes
 */
export function readMetadata(header: Uint8Array): Readonly<Record<string, string>> {
  try {
    const json = JSON.parse(new TextDecoder().decode(header.subarray(LENGTH_BYTES)));
    const parsed = v.safeParse(v.object({ __metadata__: v.record(v.string(), v.string()) }), json);
    return parsed.success ? parsed.output.__metadata__ : {};
  } catch {
    return {};
  }
}

/** Whether any tensor is stored in 16 bits. */
export function holdsHalves(tensors: ReadonlyMap<string, StoredTensor>): boolean {
  return [...tensors.values()].some(({ type }) => type === 'float16');
}

function readEntry(
  key: string,
  value: unknown,
  start: number,
  fileLength: number,
  name: string,
): TypedTensor {
  const parsed = v.safeParse(entry, value);
  if (!parsed.success) throw damaged(name, `it does not describe the tensor "${key}" properly`);
  const { dtype, shape, data_offsets: offsets } = parsed.output;
  const type = TYPES[dtype];
  if (!type) {
    throw new TokenoscopeError(
      'model-corrupt',
      `${name} stores "${key}" as ${dtype}; this page reads ${Object.keys(TYPES).join(', ')}.`,
      'Convert the checkpoint to one of those types.',
    );
  }
  const length = offsets[1] - offsets[0];
  const expected = shape.reduce((product, dim) => product * dim, elements[type]);
  if (length !== expected) {
    throw damaged(
      name,
      `"${key}" takes ${length} bytes where ${shape.join(' x ')} ${dtype} take ${expected}`,
    );
  }
  if (start + offsets[1] > fileLength) {
    throw damaged(name, `"${key}" ends at byte ${start + offsets[1]}, and the file at byte ${fileLength}`);
  }
  return { type, dims: shape, offset: start + offsets[0], length };
}

function refuseOverlaps(tensors: ReadonlyMap<string, TypedTensor>, name: string): void {
  const inOrder = [...tensors].sort(([, a], [, b]) => a.offset - b.offset || a.length - b.length);
  for (let i = 1; i < inOrder.length; i++) {
    const [before, { offset, length }] = inOrder[i - 1]!;
    const [after, next] = inOrder[i]!;
    if (offset + length > next.offset) throw damaged(name, `"${before}" and "${after}" overlap`);
  }
}
