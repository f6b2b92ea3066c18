import { fromWireError, TokenoscopeError } from '../../core/errors';
import type { Api, ProgressOf, Response } from './protocol';

/** Per-call options. */
export interface CallOptions<P> {
  signal?: AbortSignal | undefined;
  onProgress?: (value: P) => void;
  /** Moved, not copied. A call with transfers cannot be retried after a crash: the objects are gone. */
  transfer?: Transferable[];
  /**
   * How long (ms) this call waits for an aborted one that the worker cannot interrupt. After that the worker is
   * ended and started again. By default the call waits until it has its turn.
   */
  patience?: number | undefined;
}

/** The part of `Worker` that the client uses; tests pass a real `MessageChannel` in its shape. */
export interface WorkerLike {
  postMessage(message: unknown, transfer: Transferable[]): void;
  terminate(): void;
  addEventListener(type: string, listener: (event: Event) => void): void;
}

/** How long (ms) an idle worker with a model in it is kept. */
export const IDLE_MS = 60_000;

/** How a client keeps its worker. */
export interface ClientOptions {
  /** Ends the worker when nothing has been in flight for so long (ms), which gives its memory back; never by default. */
  readonly idleMs?: number | undefined;
  /** Called when the worker and its state are gone: ended as idle, or dead and about to be restarted. */
  readonly onEnd?: ((why: 'idle' | 'restart') => void) | undefined;
}

interface Pending {
  readonly method: string;
  readonly args: unknown;
  readonly transfer: Transferable[];
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly onProgress: ((value: never) => void) | undefined;
  readonly patience: number;
  retried: boolean;
}

/**
 * A typed bridge to one worker. The worker starts on the first call, also after it was ended for being idle. When it
 * dies, it is restarted and every call in flight is sent again; a call whose second worker dies too fails with
 * `worker-died`.
 */
export class WorkerClient<A extends Api> {
  readonly #spawn: () => WorkerLike;
  readonly #pending = new Map<number, Pending>();
  /** Aborted calls that the worker has not ended yet, by id: when they were aborted. */
  readonly #abandoned = new Map<number, number>();
  #impatience: ReturnType<typeof setTimeout> | undefined;
  readonly #options: ClientOptions;
  #idle: ReturnType<typeof setTimeout> | undefined;
  /** Whether the worker should end with its last call. */
  #released = false;
  #worker: WorkerLike | undefined;
  #nextId = 1;

  /** @param spawn starts a fresh worker */
  constructor(spawn: () => WorkerLike, options: ClientOptions = {}) {
    this.#spawn = spawn;
    this.#options = options;
  }

  /** Whether there is a worker now. */
  get isRunning(): boolean {
    return this.#worker !== undefined;
  }

  /**
   * Calls a method in the worker.
   * @throws TokenoscopeError `aborted` as soon as the signal fires; otherwise what the worker threw
   */
  call<M extends keyof A & string>(
    method: M,
    args: A[M]['args'],
    options: CallOptions<ProgressOf<A[M]>> = {},
  ): Promise<A[M]['result']> {
    const { signal, onProgress, transfer = [], patience = Number.POSITIVE_INFINITY } = options;
    const aborted = () => new TokenoscopeError('aborted', 'A newer job replaced this one.');
    if (signal?.aborted) return Promise.reject(aborted());
    return new Promise<A[M]['result']>((resolve, reject) => {
      const id = this.#nextId++;
      const onAbort = () => {
        this.#pending.delete(id);
        this.#abandon(id);
        reject(aborted());
        this.#rest();
      };
      const settle =
        <T>(done: (value: T) => void) =>
        (value: T) => {
          signal?.removeEventListener('abort', onAbort);
          done(value);
        };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#pending.set(id, {
        method,
        args,
        transfer,
        resolve: settle(resolve as (value: unknown) => void),
        reject: settle(reject),
        onProgress: onProgress as ((value: never) => void) | undefined,
        patience,
        retried: false,
      });
      this.#released = false;
      clearTimeout(this.#idle);
      this.#send(id);
      this.#watchAbandoned();
    });
  }

  /** Starts the worker ahead of its first call; where it cannot start, that call says so. */
  begin(): void {
    try {
      this.#worker ??= this.#start();
    } catch {
      return;
    }
    this.#rest();
  }

  /** Ends the worker as soon as nobody waits for it, to free its memory. A later call starts another. */
  release(): void {
    this.#released = true;
    this.#rest();
  }

  /** Stops the worker; calls in flight fail with `reason`, else as aborted. A later call starts a fresh one. */
  dispose(reason?: TokenoscopeError): void {
    this.#end();
    this.#rejectAll(() => reason ?? new TokenoscopeError('aborted', 'The worker was stopped.'));
  }

  /**
   * Ends a worker that no longer answers and starts another. Calls in flight are sent to that one, which is not
   * counted as a crash for them; those whose buffers were moved fail with `worker-died`.
   */
  restart(): void {
    if (!this.#worker) return;
    this.#end();
    this.#options.onEnd?.('restart');
    for (const [id, job] of [...this.#pending]) {
      if (job.transfer.length > 0) this.#fail(id, job);
      else this.#send(id);
    }
  }

  #end(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#abandoned.clear();
    clearTimeout(this.#impatience);
    clearTimeout(this.#idle);
  }

  /** Ends an idle worker: at once if it was released, else after a while. */
  #rest(): void {
    clearTimeout(this.#idle);
    if (!this.#worker || this.#pending.size > 0) return;
    const end = () => {
      this.#end();
      this.#options.onEnd?.('idle');
    };
    if (this.#released) end();
    else if (this.#options.idleMs !== undefined && this.#abandoned.size === 0) {
      this.#idle = setTimeout(end, this.#options.idleMs);
    }
  }

  #abandon(id: number): void {
    if (!this.#worker) return;
    this.#worker.postMessage({ type: 'abort', id }, []);
    this.#abandoned.set(id, performance.now());
    this.#watchAbandoned();
  }

  /** Restarts the worker if an aborted call blocks a waiting one for longer than that one's patience. */
  #watchAbandoned(): void {
    clearTimeout(this.#impatience);
    const [since] = this.#abandoned.values(); // the oldest: a map keeps its order
    if (since === undefined) return;
    const patience = Math.min(...[...this.#pending.values()].map((job) => job.patience));
    if (patience === Number.POSITIVE_INFINITY) return;
    this.#impatience = setTimeout(() => this.restart(), Math.max(0, since + patience - performance.now()));
  }

  #send(id: number): void {
    const job = this.#pending.get(id);
    if (!job) return;
    try {
      this.#worker ??= this.#start();
      this.#worker.postMessage({ type: 'call', id, method: job.method, args: job.args }, job.transfer);
    } catch (error) {
      this.#pending.delete(id);
      job.reject(error);
    }
  }

  #start(): WorkerLike {
    const worker = this.#spawn();
    const died = () => this.#died(worker);
    worker.addEventListener('message', (event) =>
      this.#receive((event as MessageEvent<Response>).data, died),
    );
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      died();
    });
    worker.addEventListener('messageerror', died);
    return worker;
  }

  #receive(response: Response, died: () => void): void {
    if (response.type === 'alive') {
      // Granted only when the worker is gone: see `serve`.
      void navigator.locks.request(response.lock, died);
      return;
    }
    if (response.type !== 'progress' && this.#abandoned.delete(response.id)) {
      this.#watchAbandoned();
      this.#rest();
    }
    const job = this.#pending.get(response.id);
    if (!job) return; // aborted meanwhile: its late answer is dropped
    if (response.type === 'progress') {
      job.onProgress?.(response.value as never);
      return;
    }
    this.#pending.delete(response.id);
    if (response.type === 'ok') job.resolve(response.value);
    else job.reject(fromWireError(response.error));
    this.#rest();
  }

  #died(worker: WorkerLike): void {
    if (this.#worker !== worker) return; // already replaced, or disposed
    this.#end();
    this.#options.onEnd?.('restart');
    for (const [id, job] of [...this.#pending]) {
      if (job.retried || job.transfer.length > 0) {
        this.#fail(id, job);
      } else {
        job.retried = true;
        this.#send(id);
      }
    }
  }

  #fail(id: number, { retried, reject }: Pending): void {
    this.#pending.delete(id);
    reject(
      new TokenoscopeError(
        'worker-died',
        retried
          ? 'The background worker stopped twice on this job.'
          : 'The background worker stopped, and took its input with it.',
        'It may need more memory than this tab has. Try a smaller input, or reload the page.',
      ),
    );
  }

  #rejectAll(error: () => Error): void {
    for (const [id, job] of [...this.#pending]) {
      this.#pending.delete(id);
      job.reject(error());
    }
  }
}
