import type { TrainSettings } from '../../tokenizers/train/settings';
import { type CallOptions, IDLE_MS, WorkerClient, type WorkerLike } from '../rpc/client';
import type { TrainApi, TrainedFile, TrainProgress, TrainSource } from './train.api';

/** The page's side of training: one worker, started by the first call. */
export class Training {
  readonly #client: WorkerClient<TrainApi>;

  /** @param spawn starts the worker, for tests */
  constructor(spawn: () => WorkerLike = spawnWorker) {
    this.#client = new WorkerClient<TrainApi>(spawn, { idleMs: IDLE_MS });
  }

  /**
   * Trains a tokenizer.
   * @throws TokenoscopeError `train-empty`, `not-text`, `text-too-large`, `file-unreadable`, `query-invalid`, `aborted`, `worker-died`
   */
  train(
    settings: TrainSettings,
    sources: readonly TrainSource[],
    options: CallOptions<TrainProgress> = {},
  ): Promise<TrainedFile> {
    return this.#client.call('train', { settings, sources }, options);
  }

  /** Holds the training that runs, or goes on with it. */
  async pause(paused: boolean): Promise<void> {
    await this.#client.call('pause', { paused });
  }

  /** Ends the worker for good; calls in flight fail as aborted. */
  dispose(): void {
    this.#client.dispose();
  }
}

function spawnWorker(): WorkerLike {
  return new Worker(new URL('./train.worker.ts', import.meta.url), { type: 'module', name: 'train' });
}
