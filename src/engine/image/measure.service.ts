import { dropAlpha } from '../../core/image/convert';
import { dearMeasures, type ImageTools } from '../../measures/image-measures';
import type { Runtime } from '../ort/runtime';
import { SharedJob } from '../ort/shared-job';
import type { LoadProgress } from '../rpc/protocol';
import type { CallContext, Handlers } from '../rpc/server';
import { type Measure, openMeasure } from './measure';
import { fetchMeasure } from './measure-store';

/** Two pictures of the same size to compare. */
export interface Pair {
  readonly width: number;
  readonly height: number;
  /** Opaque RGBA. */
  readonly a: Uint8ClampedArray;
  readonly b: Uint8ClampedArray;
}

/** The measuring worker's methods. */
export type MeasureApi = {
  /** The distance of two pictures by a costly measure, which is fetched first; null for other sizes than its own. */
  measure: {
    /** `measuresUrl`: absolute address of the folder of learned measures, ending in /. */
    args: Pair & { readonly measure: string; readonly measuresUrl: string };
    result: number | null;
    progress: LoadProgress;
  };
};

/** The measuring worker's handlers. Separate from the models' workers, so that measuring never delays a frame. */
export function measureHandlers(start: () => Runtime): Handlers<MeasureApi> {
  const measures = new Map<string, SharedJob<Measure, LoadProgress>>();
  let runtime: Runtime | undefined;
  const toolsOf = (measuresUrl: string, { signal, progress }: CallContext<LoadProgress>): ImageTools => ({
    async distance(name, a, b) {
      const key = measuresUrl + name;
      let job = measures.get(key);
      if (!job || job.abandoned) {
        job = new SharedJob(async (ending, onProgress) => {
          const files = await fetchMeasure(measuresUrl, name, ending, onProgress);
          runtime ??= start();
          return openMeasure(files, runtime);
        });
        measures.set(key, job);
      }
      try {
        return await (await job.join(signal, progress)).compute(a, b, signal);
      } catch (error) {
        // The next call retries a failed load; a load that only this caller left continues.
        if (!signal.aborted && measures.get(key) === job) measures.delete(key);
        throw error;
      }
    },
  });
  return {
    async measure({ measure, measuresUrl, width, height, a, b }, context) {
      const entry = dearMeasures.find(({ id }) => id === measure);
      if (!entry) throw new RangeError(`There is no measure "${measure}".`);
      const [x, y] = [a, b].map((data) => dropAlpha({ width, height, data }));
      return (await entry.compute(x!, y!, toolsOf(measuresUrl, context))) ?? null;
    },
  };
}
