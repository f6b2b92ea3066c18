import { dropAlpha } from '../../core/image/convert';
import type { RgbImage } from '../../core/image/pixels';
import { dearMeasures, type ImageTools, type Reading } from '../../measures/image-measures';
import type { Runtime } from '../ort/runtime';
import { SharedJob } from '../ort/shared-job';
import type { LoadProgress } from '../rpc/protocol';
import type { CallContext, Handlers } from '../rpc/server';
import { type Measure, openMeasure } from './measure';
import { fetchMeasure } from './measure-store';
import { type ReaderUrls, sharedReader } from './ocr/shared-reader';

/** A picture to read. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Opaque RGBA. */
  readonly rgba: Uint8ClampedArray;
}

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
  /** Reads the writing in a picture; what was read for a measure already is not read again. */
  read: {
    args: Picture;
    result: Reading;
    progress: LoadProgress;
  };
};

/** What the measuring worker is made of. */
export interface MeasureParts {
  /** Starts with the first costly measure. */
  start(): Runtime;
  /** Where the files of the models that read are. */
  readonly readerUrls: ReaderUrls;
}

/** The measuring worker's handlers. Separate from the models' workers, so that measuring never delays a frame. */
export function measureHandlers({ start, readerUrls }: MeasureParts): Handlers<MeasureApi> {
  const measures = new Map<string, SharedJob<Measure, LoadProgress>>();
  let runtime: Runtime | undefined;
  const startOnce = () => {
    runtime ??= start();
    return runtime;
  };
  const reader = sharedReader(readerUrls, startOnce);
  const read = (picture: RgbImage, { signal, progress }: CallContext<LoadProgress>) =>
    reader.read(picture, signal, progress);
  const toolsOf = (measuresUrl: string, context: CallContext<LoadProgress>): ImageTools => ({
    read: (picture) => read(picture, context),
    async distance(name, a, b) {
      const { signal, progress } = context;
      const key = measuresUrl + name;
      let job = measures.get(key);
      if (!job || job.abandoned) {
        job = new SharedJob(async (ending, onProgress) => {
          const files = await fetchMeasure(measuresUrl, name, ending, onProgress);
          return openMeasure(files, startOnce());
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
    read: ({ width, height, rgba }, context) => read(dropAlpha({ width, height, data: rgba }), context),

    async measure({ measure, measuresUrl, width, height, a, b }, context) {
      const entry = dearMeasures.find(({ id }) => id === measure);
      if (!entry) throw new RangeError(`There is no measure "${measure}".`);
      const [x, y] = [a, b].map((data) => dropAlpha({ width, height, data }));
      return (await entry.compute(x!, y!, toolsOf(measuresUrl, context))) ?? null;
    },
  };
}
