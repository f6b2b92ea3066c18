import { type CallOptions, WorkerClient } from '../rpc/client';
import type { LoadProgress } from '../rpc/protocol';
import type { MeasureApi, Pair } from './measure.service';

/** The page's side of learned measures: one worker, started by the first call. */
export class Measuring {
  readonly #url: string;
  readonly #client = new WorkerClient<MeasureApi>(
    () => new Worker(new URL('./measure.worker.ts', import.meta.url), { type: 'module' }),
  );

  /** @param baseUrl the page's own address, beside which `measures/` lies */
  constructor(baseUrl: string = document.baseURI) {
    this.#url = new URL('measures/', baseUrl).href;
  }

  /**
   * How far two pictures are apart.
   * @param measure id of a bundled measure
   * @returns null where the measure is for pictures of another size
   * @throws TokenoscopeError `model-fetch`, `model-corrupt`, `model-run`, `worker-died`, `aborted`
   */
  distance(measure: string, pair: Pair, options: CallOptions<LoadProgress> = {}): Promise<number | null> {
    return this.#client.call('distance', { ...pair, measure, measuresUrl: this.#url }, options);
  }
}
