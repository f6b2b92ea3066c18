import { TokenoscopeError } from '../../core/errors';
import { WorkerClient, type WorkerLike } from '../rpc/client';
import type { ChatApi, ChatInput, RenderedChat } from './chat.api';

/** How long a template may take, in milliseconds; ordinary ones take less than ten. */
const TIME_LIMIT = 2000;

/** A worker without work ends after this long, in milliseconds. */
const IDLE_MS = 60_000;

/** Renders conversations in a worker of its own, which is ended where a template does not come to an end. */
export class ChatRenderer {
  readonly #client: WorkerClient<ChatApi>;
  readonly #limit: number;

  /**
   * @param spawn starts the worker, for tests
   * @param limit milliseconds
   */
  constructor(spawn = spawnWorker, limit = TIME_LIMIT) {
    this.#client = new WorkerClient<ChatApi>(spawn, { idleMs: IDLE_MS });
    this.#limit = limit;
  }

  /** @throws TokenoscopeError `template-failed`, `aborted`, `worker-died` */
  async render(input: ChatInput, signal: AbortSignal): Promise<RenderedChat> {
    const own = new AbortController();
    const abort = () => own.abort();
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      own.abort();
      this.#client.restart();
    }, this.#limit);
    try {
      return await this.#client.call('render', input, { signal: own.signal, patience: this.#limit });
    } catch (error) {
      if (!isLate) throw error;
      throw new TokenoscopeError(
        'template-failed',
        `The template took more than ${this.#limit / 1000} s and was stopped.`,
        'A loop in it may never end. Edit the template.',
      );
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    }
  }

  /** Ends the worker for good. */
  dispose(): void {
    this.#client.dispose();
  }
}

function spawnWorker(): WorkerLike {
  return new Worker(new URL('./chat.worker.ts', import.meta.url), { type: 'module', name: 'chat' });
}
