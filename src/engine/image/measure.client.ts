import type { Reading } from '../../measures/image-measures';
import { type CallOptions, IDLE_MS, WorkerClient } from '../rpc/client';
import type { LoadProgress } from '../rpc/protocol';
import type { MeasureApi, Pair, Picture } from './measure.service';

/** The page's side of learned measures: one worker, started by the first call. */
export class Measuring {
  readonly #url: string;
  readonly #client = new WorkerClient<MeasureApi>(
    () => new Worker(new URL('./measure.worker.ts', import.meta.url), { type: 'module' }),
    { idleMs: IDLE_MS },
  );

  /** @param baseUrl the page's own address, beside which `measures/` lies */
  constructor(baseUrl: string = document.baseURI) {
    this.#url = new URL('measures/', baseUrl).href;
  }

  /**
   * The distance of two pictures by a costly measure.
   * @param measure its id
   * @returns null where the measure is for pictures of another size
   * @throws TokenoscopeError `model-fetch`, `model-corrupt`, `model-run`, `worker-died`, `aborted`
   */
  measure(measure: string, pair: Pair, options: CallOptions<LoadProgress> = {}): Promise<number | null> {
    return this.#client.call('measure', { ...pair, measure, measuresUrl: this.#url }, options);
  }

  /**
   * The writing in a picture.
   * @throws TokenoscopeError `model-fetch`, `model-corrupt`, `model-run`, `worker-died`, `aborted`
   */
  read(picture: Picture, options: CallOptions<LoadProgress> = {}): Promise<Reading> {
    return this.#client.call('read', picture, options);
  }

  /** Ends the worker as soon as nobody waits for it. */
  release(): void {
    this.#client.release();
  }
}
