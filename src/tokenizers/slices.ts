import { throwIfAborted } from '../core/errors';

const SLICE_MS = 6;

interface SliceOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (share: number) => void;
}

/**
 * Runs `step` until it returns 1, letting other tasks (such as an abort message) run every few milliseconds. Work that has
 * to wait for something takes `pauses`.
 * @param step does a small piece of the work and returns the share done, 0 to 1
 * @throws TokenoscopeError `aborted`
 */
export async function runInSlices(step: () => number, options: SliceOptions): Promise<void> {
  throwIfAborted(options.signal);
  const slices = new Slices(options);
  for (;;) {
    const share = step();
    if (share >= 1) {
      options.onProgress?.(1);
      return;
    }
    if (slices.isOver) await slices.next(share);
  }
}

/**
 * The same for work that is asynchronous: what is returned is to be awaited after every small step.
 * @returns receives the share done, 0 to 1; it throws TokenoscopeError `aborted`
 */
export function pauses(options: SliceOptions): (share: number) => Promise<void> {
  const slices = new Slices(options);
  return async (share) => {
    throwIfAborted(options.signal);
    if (slices.isOver) await slices.next(share);
  };
}

/** The time that work may take before other tasks run. */
class Slices {
  readonly #options: SliceOptions;
  #end = performance.now() + SLICE_MS;

  constructor(options: SliceOptions) {
    this.#options = options;
  }

  get isOver(): boolean {
    return performance.now() >= this.#end;
  }

  /** Ends a slice and begins the next. @throws TokenoscopeError `aborted` */
  async next(share: number): Promise<void> {
    const { signal, onProgress } = this.#options;
    onProgress?.(share);
    await nextTask();
    throwIfAborted(signal);
    this.#end = performance.now() + SLICE_MS;
  }
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
