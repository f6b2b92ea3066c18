import type { TokenBounds } from '../../core/text/boundaries';
import { IDLE_MS, WorkerClient, type WorkerLike } from '../rpc/client';
import type { CompareApi, DiffArgs, TextDiff } from './compare.api';

/** The page's side of comparing tokenizers: one worker, started by the first call. */
export class Comparing {
  readonly #client: WorkerClient<CompareApi>;

  /** @param spawn starts the worker, for tests */
  constructor(spawn: () => WorkerLike = spawnWorker) {
    this.#client = new WorkerClient<CompareApi>(spawn, { idleMs: IDLE_MS });
  }

  /**
   * F1 of the boundaries of every two tokenizers: n x n values, row by row.
   * @param length bytes of the text
   * @throws TokenoscopeError `aborted`, `worker-died`
   */
  matrix(sequences: readonly TokenBounds[], length: number, signal: AbortSignal): Promise<Float64Array> {
    return this.#client.call('matrix', { sequences: sequences.map(boundsOf), length }, { signal });
  }

  /** Where two tokenizers part. @throws TokenoscopeError `aborted`, `worker-died` */
  diff(args: DiffArgs, signal: AbortSignal): Promise<TextDiff> {
    return this.#client.call(
      'diff',
      { ...args, over: boundsOf(args.over), under: boundsOf(args.under) },
      { signal },
    );
  }

  /** Ends the worker for good; calls in flight fail as aborted. */
  dispose(): void {
    this.#client.dispose();
  }
}

/** Without the ids, which would be copied to the worker for nothing. */
function boundsOf({ starts, ends }: TokenBounds): TokenBounds {
  return { starts, ends };
}

function spawnWorker(): WorkerLike {
  return new Worker(new URL('./compare.worker.ts', import.meta.url), {
    type: 'module',
    name: 'text-compare',
  });
}
