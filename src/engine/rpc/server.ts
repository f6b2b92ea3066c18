import { toWireError } from '../../core/errors';
import type { Api, ProgressOf, Request, Response } from './protocol';

/** What a handler receives besides its argument. */
export interface CallContext<P> {
  readonly signal: AbortSignal;
  progress(value: P): void;
  /** Marks buffers, bitmaps or ports of the result to be moved instead of copied. */
  transfer(...objects: Transferable[]): void;
}

/** One function per method of `A`. */
export type Handlers<A extends Api> = {
  [M in keyof A]: (args: A[M]['args'], context: CallContext<ProgressOf<A[M]>>) => Promise<A[M]['result']>;
};

/** The part of a worker's global scope that serving needs. */
export interface ServerScope {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<Request>) => void): void;
}

/**
 * Serves `handlers` in a worker. Calls run concurrently; a handler that needs serial execution ensures it itself.
 * The worker holds a Web Lock for its lifetime: the page waits for that lock and so learns of its death, even of a
 * silent one (`close()`, out of memory), which raises no event on the page's side.
 */
export function serve<A extends Api>(handlers: Handlers<A>, scope: ServerScope): void {
  const running = new Map<number, AbortController>();
  const post = (message: Response, transfer: Transferable[] = []) => scope.postMessage(message, transfer);

  scope.addEventListener('message', (event) => {
    const request = event.data;
    if (request.type === 'abort') {
      running.get(request.id)?.abort();
      return;
    }
    void run(request.id, request.method, request.args);
  });

  async function run(id: number, method: string, args: unknown): Promise<void> {
    const controller = new AbortController();
    const transfers: Transferable[] = [];
    running.set(id, controller);
    try {
      const handler = Object.hasOwn(handlers, method) ? handlers[method as keyof A] : undefined;
      if (!handler) throw new Error(`The worker has no method "${method}".`);
      const value = await handler(args, {
        signal: controller.signal,
        progress: (progress) => post({ type: 'progress', id, value: progress }),
        transfer: (...objects) => transfers.push(...objects),
      });
      post({ type: 'ok', id, value }, transfers);
    } catch (error) {
      post({ type: 'err', id, error: toWireError(error) });
    } finally {
      running.delete(id);
    }
  }

  const lock = `tokenoscope-worker-${crypto.randomUUID()}`;
  if (typeof navigator !== 'undefined' && navigator.locks) {
    void navigator.locks.request(lock, () => {
      post({ type: 'alive', lock });
      return new Promise<never>(() => {});
    });
  }
}
