import { TokenoscopeError } from '../../core/errors';
import { damaged } from './damaged';
import { STORED, STORED_BYTES } from './torch/numbers';
import { countOf, type ElementType, elements, isContiguous } from './torch/tensors';
import type { KnownBytes } from './torch/torch-file';

/** A tensor of a file as it is published: number [i, j, ...] is i strides[0] + j strides[1] + ... behind the first. */
export interface PublishedTensor {
  readonly name: string;
  readonly type: ElementType;
  readonly dims: readonly number[];
  /** In numbers. */
  readonly strides: readonly number[];
  /** Where in the file its first number begins. */
  readonly from: number;
  /** Numbers from its first one to its last in the file, both included. */
  readonly reach: number;
}

/** A file of weights as it is published. */
export interface PublishedFile {
  readonly name: string;
  readonly tensors: readonly PublishedTensor[];
  /** Bytes by which it is known again. */
  readonly known: readonly KnownBytes[];
}

/** Numbers of one tensor that stand in the file as they do in the tensor. */
export interface Run {
  readonly tensor: string;
  readonly type: ElementType;
  /** Where in the published file they begin. */
  readonly from: number;
  readonly count: number;
}

/**
 * How a published file, as it arrives from its beginning to its end, becomes a part of a safetensors file. It is plain data
 * and kept with a plan, so that a download goes on as it began.
 */
export interface Layout {
  /** What the file is called where it comes from, for messages. */
  readonly name: string;
  /** Of the part of the safetensors file, without the header. */
  readonly bytes: number;
  /** Tensors that do not arrive in the order of their numbers. They are read by themselves, and come first. */
  readonly loose: readonly PublishedTensor[];
  /** In the order of the published file, which is that of the safetensors file. */
  readonly runs: readonly Run[];
  /** Bytes that must be there as they were when the file was inspected. */
  readonly known: readonly KnownBytes[];
}

/** A safetensors file that will be made of published files, one behind the other. */
export interface PlannedLayouts {
  /** With the 8 bytes of its length. */
  readonly header: Uint8Array<ArrayBuffer>;
  /** Of the whole safetensors file. */
  readonly bytes: number;
  readonly layouts: readonly Layout[];
}

/** As the format's own library pads. */
const ALIGNMENT = 8;
/** Loose tensors are in memory together. */
const LOOSE_LIMIT = 256_000_000;
/** The beginning of a pickle tells it from another as well as all of it. */
const KNOWN_LIMIT = 1_000_000;

/**
 * Plans a safetensors file whose tensors come in the order of the published files.
 * @throws TokenoscopeError `model-corrupt` where a name is there twice; `checkpoint-refused` where too much would have to be
 *   rearranged
 */
export function planLayouts(files: readonly PublishedFile[]): PlannedLayouts {
  const entries = new Map<string, object>();
  let at = 0;
  const layouts = files.map(({ name, tensors, known }): Layout => {
    const { loose, passing } = sorted(tensors);
    const begin = at;
    for (const tensor of [...loose, ...passing]) {
      if (entries.has(tensor.name)) throw damaged(name, `"${tensor.name}" is there twice`);
      const dtype = STORED[tensor.type];
      const from = at;
      at += countOf(tensor) * STORED_BYTES[dtype];
      entries.set(tensor.name, { dtype, shape: tensor.dims, data_offsets: [from, at] });
    }
    refuseLoose(loose, name);
    return {
      name,
      bytes: at - begin,
      loose,
      runs: passing.map(({ name: tensor, type, from, reach }) => ({ tensor, type, from, count: reach })),
      known: known.map(({ from, bytes }) => ({ from, bytes: bytes.slice(0, KNOWN_LIMIT) })),
    };
  });
  const header = headerOf(entries);
  return { header, bytes: header.length + at, layouts };
}

/** Tensors whose numbers stand as they should and by themselves, in the order of the file; and the others. */
function sorted(tensors: readonly PublishedTensor[]): {
  readonly loose: readonly PublishedTensor[];
  readonly passing: readonly PublishedTensor[];
} {
  const loose: PublishedTensor[] = [];
  const passing: PublishedTensor[] = [];
  let end = 0;
  for (const tensor of [...tensors].sort((a, b) => a.from - b.from || b.reach - a.reach)) {
    if (tensor.reach > 0 && isContiguous(tensor) && tensor.from >= end) {
      passing.push(tensor);
      end = tensor.from + tensor.reach * elements[tensor.type];
    } else loose.push(tensor);
  }
  return { loose, passing };
}

function refuseLoose(loose: readonly PublishedTensor[], name: string): void {
  // Tensors may share numbers, or repeat them.
  const bytes = loose.reduce(
    (sum, { type, dims, reach }) =>
      sum + Math.max(reach * elements[type], countOf({ dims }) * STORED_BYTES[STORED[type]]),
    0,
  );
  if (bytes <= LOOSE_LIMIT) return;
  throw new TokenoscopeError(
    'checkpoint-refused',
    `${name} keeps ${loose.length} tensors in another order than their own, "${loose[0]!.name}" among them: ${Math.round(bytes / 1e6)} MB, of which this page rearranges ${LOOSE_LIMIT / 1e6} MB at most.`,
    'Save the checkpoint as safetensors, or with contiguous tensors.',
  );
}

function headerOf(entries: ReadonlyMap<string, object>): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const length = Math.ceil(text.length / ALIGNMENT) * ALIGNMENT;
  const header = new Uint8Array(8 + length).fill(0x20);
  new DataView(header.buffer).setBigUint64(0, BigInt(length), true);
  header.set(text, 8);
  return header;
}
