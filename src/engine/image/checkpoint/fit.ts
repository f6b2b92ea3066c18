import { TokenoscopeError } from '../../../core/errors';
import type { Backend } from '../api';
import type { CheckpointFacts } from './plan';

const GIGABYTE = 1e9;

/** What onnxruntime takes beside the weights: its code, and values on their way through the layers. */
const RUNTIME_BYTES = 0.4 * GIGABYTE;

/** What a page may take of the memory that a browser reports (`navigator.deviceMemory`, 8 GB at most). */
const SHARE_OF_DEVICE = 0.75;

/** WebAssembly's own limit on one memory, with some air. */
const WASM_BYTES = 3.8 * GIGABYTE;

/** Multiply-accumulates a second, assumed: one thread of WASM on a usual laptop, and a usual laptop's GPU. */
const RATE = { wasm: 6e9, webgpu: 4e11 } as const satisfies Record<Backend, number>;

/** What a device offers, as far as browsers say. */
export interface Device {
  /** GiB, rounded, 8 at most; undefined where the browser does not say. */
  readonly memory: number | undefined;
  /** Bytes that this page may still store; undefined likewise. */
  readonly free: number | undefined;
}

/** Bytes of memory that opening a checkpoint takes: the file, its weights as 32-bit floats, and the runtime. */
export function memoryNeeded({ bytes, parameters }: Pick<CheckpointFacts, 'bytes' | 'parameters'>): number {
  return bytes + (parameters === null ? bytes : parameters * 4) + RUNTIME_BYTES;
}

/**
 * Why a checkpoint will not do on a device, or null where it may.
 * @param stored bytes of it that are here already
 */
export function findMisfit(
  facts: Pick<CheckpointFacts, 'name' | 'bytes' | 'parameters'>,
  device: Device,
  stored = 0,
): TokenoscopeError | null {
  const { name, bytes, parameters } = facts;
  const needed = memoryNeeded(facts);
  const offered =
    device.memory === undefined || device.memory >= 8 ? Infinity : device.memory * 2 ** 30 * SHARE_OF_DEVICE;
  const smaller = 'A smaller one may do: One-D-Piece-S takes 336 MB of storage and 1.1 GB of memory.';
  if (needed > offered) {
    return new TokenoscopeError(
      'checkpoint-too-large',
      `${name} needs about ${gigabytes(needed)} of memory; this device offers a page about ${gigabytes(offered)}.`,
      smaller,
    );
  }
  if ((parameters === null ? bytes : parameters * 4) + RUNTIME_BYTES > WASM_BYTES) {
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
      'Delete checkpoints that you no longer need, or free disk space.',
    );
  }
  return null;
}

/** Seconds of an encoding or a decoding, coarsely: within a factor of three, as devices differ. */
export function estimateSeconds(multiplications: number, backend: Backend, threads: number): number {
  return multiplications / (RATE[backend] * (backend === 'wasm' ? threads : 1));
}

function gigabytes(bytes: number): string {
  return bytes < 0.95 * GIGABYTE ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / GIGABYTE).toFixed(1)} GB`;
}
