import { runInSlices } from '../slices';

/** Work in small steps: yields the share done, 0 to 1, at least every few milliseconds; returns the result. */
export type Steps<T> = Generator<number, T>;

/** Options of long work. */
export interface WorkOptions {
  readonly signal?: AbortSignal;
  /** Receives the share done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/** Does all steps at once, whatever they yield. */
export function drain<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/**
 * Does the steps in slices of a few milliseconds, letting other tasks run in between. Steps that yield nothing report no
 * progress before their end.
 * @throws TokenoscopeError `aborted`, and what the steps throw
 */
export async function inSlices<T>(steps: Steps<T> | Generator<void, T>, options: WorkOptions): Promise<T> {
  let result: { value: T } | undefined;
  await runInSlices(() => {
    const step = steps.next();
    if (step.done) result = { value: step.value };
    return step.done ? 1 : Math.min(step.value ?? 0, 0.999);
  }, options);
  return result!.value;
}

/** Steps whose shares run from `from` to `to` of a larger whole. */
export function* within<T>(from: number, to: number, steps: Steps<T>): Steps<T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    yield from + (to - from) * step.value;
  }
}
