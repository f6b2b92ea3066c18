import { type CallOptions, IDLE_MS, WorkerClient } from '../rpc/client';
import type { HeatApi, HeatPair } from './heat.api';

/** The page's side of error maps: one worker, started by the first call. */
export class HeatMaps {
  readonly #client = new WorkerClient<HeatApi>(
    () => new Worker(new URL('./heat.worker.ts', import.meta.url), { type: 'module' }),
    { idleMs: IDLE_MS },
  );

  /**
   * Where in a picture a measure finds errors.
   * @returns a value for each pixel, row by row; null for a measure without local values
   * @throws TokenoscopeError `worker-died`, `aborted`
   */
  map(pair: HeatPair, options: CallOptions<never> = {}): Promise<Float32Array<ArrayBuffer> | null> {
    return this.#client.call('map', pair, options);
  }

  /** Ends the worker as soon as nobody waits for it. */
  release(): void {
    this.#client.release();
  }
}
