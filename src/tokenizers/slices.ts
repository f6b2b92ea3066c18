import { throwIfAborted } from '../core/errors';

const SLICE_MS = 6;

/**
 * Runs `step` until it returns 1, letting other tasks (such as an abort message) run every few milliseconds.
 * @param step does a small piece of the work and returns the share done, 0 to 1; it may have to wait for it
 * @throws TokenoscopeError `aborted`
 */
export async function runInSlices(
  step: () => number | Promise<number>,
  options: { signal?: AbortSignal; onProgress?: (share: number) => void },
): Promise<void> {
  throwIfAborted(options.signal);
  let sliceEnd = performance.now() + SLICE_MS;
  for (;;) {
    const stepped = step();
    const share = typeof stepped === 'number' ? stepped : await stepped;
    if (share >= 1) {
      options.onProgress?.(1);
      return;
    }
    if (performance.now() < sliceEnd) continue;
    options.onProgress?.(share);
    await nextTask();
    throwIfAborted(options.signal);
    sliceEnd = performance.now() + SLICE_MS;
  }
}

/**
 * The same for work that is asynchronous: what is returned is to be awaited after every small step.
 * @returns receives the share done, 0 to 1; it throws TokenoscopeError `aborted`
 */
export function pauses(options: {
  signal?: AbortSignal;
  onProgress?: (share: number) => void;
}): (share: number) => Promise<void> {
  let sliceEnd = performance.now() + SLICE_MS;
  return async (share) => {
    throwIfAborted(options.signal);
    if (performance.now() < sliceEnd) return;
    options.onProgress?.(share);
    await nextTask();
    throwIfAborted(options.signal);
    sliceEnd = performance.now() + SLICE_MS;
  };
}

/** A macrotask later. Not a timer, because browsers delay nested timers to 4 ms, which would halve the speed. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
