import { type CallOptions, IDLE_MS, WorkerClient, type WorkerLike } from '../engine/rpc/client';
import type { Input } from './experiment';
import type { RunApi, RunProgress } from './run.api';

/** How long (ms) a run waits for one that was given up, before the worker is ended. */
const PATIENCE_MS = 1000;

/** The page's side of experiments: one worker, started by the first run. */
export class ExperimentRunner {
  readonly #client: WorkerClient<RunApi>;

  /** @param spawn starts the worker, for tests */
  constructor(spawn: () => WorkerLike = spawnWorker) {
    this.#client = new WorkerClient<RunApi>(spawn, { idleMs: IDLE_MS });
  }

  /**
   * Runs an experiment in the worker.
   * @throws TokenoscopeError what the run throws; `aborted`, `worker-died`
   */
  run(id: string, state: unknown, input: Input, options: CallOptions<RunProgress> = {}): Promise<unknown> {
    const lmUrl = new URL('lm/', globalThis.document?.baseURI ?? 'http://localhost/').href;
    return this.#client.call('run', { id, state, input, lmUrl }, { patience: PATIENCE_MS, ...options });
  }

  /** Ends the worker for good; calls in flight fail as aborted. */
  dispose(): void {
    this.#client.dispose();
  }
}

function spawnWorker(): WorkerLike {
  return new Worker(new URL('./run.worker.ts', import.meta.url), { type: 'module', name: 'experiments' });
}
