import { TokenoscopeError } from '../../core/errors';

/**
 * One piece of work that several callers wait for. Each may leave through its own signal; the work itself is
 * aborted when the last of them has left. All of them receive its progress.
 */
export class SharedJob<T, P> {
  readonly #listeners = new Set<(progress: P) => void>();
  readonly #controller = new AbortController();
  readonly #result: Promise<T>;
  #waiting = 0;

  constructor(work: (signal: AbortSignal, onProgress: (progress: P) => void) => Promise<T>) {
    this.#result = work(this.#controller.signal, (progress) => {
      for (const listener of this.#listeners) listener(progress);
    });
    this.#result.catch(() => {}); // reported to whoever joined
  }

  /** True once everyone has left before the end: the job is useless then. */
  get abandoned(): boolean {
    return this.#controller.signal.aborted;
  }

  /** @throws what the work throws, or `aborted` as soon as the signal fires */
  async join(signal?: AbortSignal, onProgress?: (progress: P) => void): Promise<T> {
    if (onProgress) this.#listeners.add(onProgress);
    this.#waiting++;
    let leave = () => {};
    const left = new Promise<never>((_, reject) => {
      leave = () => reject(new TokenoscopeError('aborted', 'A newer job replaced this one.'));
    });
    if (signal?.aborted) leave();
    signal?.addEventListener('abort', leave);
    let finished = false;
    try {
      const value = await Promise.race([left, this.#result]);
      finished = true;
      return value;
    } finally {
      signal?.removeEventListener('abort', leave);
      if (onProgress) this.#listeners.delete(onProgress);
      this.#waiting--;
      if (this.#waiting === 0 && !finished) this.#controller.abort();
    }
  }
}
