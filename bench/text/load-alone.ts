import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Peer } from './peers';

/** What loading a tokenizer takes. */
export interface LoadCost {
  /** CPU time until the first answer, with whatever code the library reads for this tokenizer. */
  readonly ms: number;
  /** Live bytes more than before, in the JavaScript heap and in array buffers (WASM memory is one). */
  readonly bytes: number;
}

/** Loads a tokenizer; meant for a process of its own, where no other library leaves memory behind to clean up. */
export async function loadAlone(peer: Peer): Promise<LoadCost> {
  const before = memory();
  const started = process.cpuUsage();
  const count = await peer.load();
  count('Hello');
  const { user, system } = process.cpuUsage(started);
  return { ms: (user + system) / 1000, bytes: memory() - before };
}

function memory(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
