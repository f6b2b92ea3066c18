import { TokenoscopeError } from '../../core/errors';
import type { Work } from '../families/checkpoint';
import type { Backend } from '../host/backend';
import type { CheckpointFacts } from './plan';

const GIGABYTE = 1e9;

/** Bytes that a worker with onnxruntime takes before it has a model. */
const IDLE_BYTES = 0.25 * GIGABYTE;
/** What weights take while they are loaded, of what they take afterwards: some are laid out anew. */
const LOADING = 1.25;
/** The same during a run, which adds the activations. */
const RUNTIME_BYTES = 0.4 * GIGABYTE;

/** The share that a page may take of the memory that a browser reports (`navigator.deviceMemory`, 8 GB at most). */
const SHARE_OF_DEVICE = 0.75;

/** WebAssembly's limit on one memory, with a margin. */
const WASM_BYTES = 3.8 * GIGABYTE;

/** Multiply-accumulates a second, assumed: one thread of WASM on a usual laptop, and a usual laptop's GPU. */
const RATE = { wasm: 6e9, webgpu: 4e11 } as const satisfies Record<Backend, number>;

/** What a device offers, as far as browsers tell. */
export interface Device {
  /** GiB, rounded, 8 at most; undefined where the browser does not tell. */
  readonly memory: number | undefined;
  /** Bytes that this page may still store; undefined where the browser does not tell. */
  readonly free: number | undefined;
}

type Sizes = Pick<CheckpointFacts, 'bytes' | 'parameters' | 'format'>;

/**
 * The most bytes of memory that a checkpoint takes: while loading or during a run. Safetensors are read from storage tensor
 * by tensor; of graphs made elsewhere the whole file is in memory beside the weights made of it.
 */
export function memoryNeeded(sizes: Sizes): number {
  const weights = weightsInMemory(sizes);
  const loading = sizes.format === 'safetensors' ? weights * LOADING : weights + sizes.bytes;
  return Math.max(loading + IDLE_BYTES, weights + RUNTIME_BYTES);
}

/** Of that, what is in WebAssembly's own memory. */
function wasmNeeded(sizes: Sizes): number {
  return sizes.format === 'safetensors' ? memoryNeeded(sizes) : weightsInMemory(sizes) + RUNTIME_BYTES;
}

/** Weights stay as in the file, 16-bit ones too; graphs made elsewhere may widen them when loaded. */
function weightsInMemory({ bytes, parameters, format }: Sizes): number {
  return format === 'safetensors' ? bytes : Math.max(bytes, (parameters ?? 0) * 4);
}

/**
 * Why a device cannot run or store a checkpoint; null where it may.
 * @param stored bytes of it that are stored already
 */
export function findMisfit(
  facts: Sizes & Pick<CheckpointFacts, 'name'> & { readonly halfBytes?: number | null },
  device: Device,
  stored = 0,
): TokenoscopeError | null {
  const { name, bytes, halfBytes } = facts;
  const needed = memoryNeeded(facts);
  const offered =
    device.memory === undefined || device.memory >= 8 ? Infinity : device.memory * 2 ** 30 * SHARE_OF_DEVICE;
  const half = halfBytes && halfBytes < bytes ? { ...facts, bytes: halfBytes, halfBytes: null } : null;
  const fitsInHalf = half !== null && findMisfit(half, device) === null;
  const smaller = fitsInHalf
    ? `In half precision it fits: ${gigabytes(half.bytes)} of storage, ${gigabytes(memoryNeeded(half))} of memory.`
    : 'A smaller one may do: in half precision, One-D-Piece-S takes 168 MB of storage and 570 MB of memory.';
  if (needed > offered) {
    return new TokenoscopeError(
      'checkpoint-too-large',
      `${name} needs about ${gigabytes(needed)} of memory; this device offers a page about ${gigabytes(offered)}.`,
      smaller,
    );
  }
  if (wasmNeeded(facts) > WASM_BYTES) {
    return new TokenoscopeError(
      'checkpoint-too-large',
      `${name} needs about ${gigabytes(needed)} of memory; WebAssembly has ${gigabytes(WASM_BYTES)} at most.`,
      smaller,
    );
  }
  if (device.free !== undefined && bytes - stored > device.free) {
    return new TokenoscopeError(
      'checkpoint-too-large',
      `${name} takes ${gigabytes(bytes - stored)} of storage; this browser has ${gigabytes(device.free)} left for this page.`,
      fitsInHalf ? smaller : 'Delete checkpoints that you no longer need, or free disk space.',
    );
  }
  return null;
}

/** What a checkpoint multiplies on a backend; null where that is not known. */
export function workOn<M extends Work | null>(
  backend: Backend,
  { multiplications, onProcessor }: { readonly multiplications: M; readonly onProcessor?: Work | undefined },
): M | Work {
  return (backend === 'wasm' && onProcessor) || multiplications;
}

/**
 * Seconds of an encoding or a decoding, coarsely: within a factor of three, as devices differ; half of that where it was
 * measured what this one does.
 * @param pace multiply-accumulates a second, as `measurePace` (engine/image/pace.ts) finds them
 */
export function estimateSeconds(
  multiplications: number,
  backend: Backend,
  threads: number,
  pace?: number | null,
): number {
  return multiplications / (pace ?? RATE[backend] * (backend === 'wasm' ? threads : 1));
}

function gigabytes(bytes: number): string {
  return bytes < 0.95 * GIGABYTE ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / GIGABYTE).toFixed(1)} GB`;
}
