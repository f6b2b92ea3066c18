import { toPlanar } from '../../core/image/convert';
import type { MeasureManifest } from '../../core/image/measure';
import type { RgbImage } from '../../core/image/pixels';
import type { DataFile, Runtime } from '../ort/runtime';

/** A learned measure, loaded. */
export interface Measure {
  readonly manifest: MeasureManifest;
  /** @returns the distance of two pictures of the measure's size; undefined for any other size */
  compute(a: RgbImage, b: RgbImage, signal?: AbortSignal): Promise<number | undefined>;
}

/** All files of a measure, checked against its description. */
export interface MeasureFiles {
  readonly manifest: MeasureManifest;
  readonly graph: Uint8Array;
  readonly data: readonly DataFile[];
}

/** @throws TokenoscopeError `model-corrupt`, `backend-unavailable` */
export async function openMeasure(
  { manifest, graph, data }: MeasureFiles,
  runtime: Runtime,
): Promise<Measure> {
  const session = await runtime.load(graph, data);
  const { width, height } = manifest.image;
  const tensorOf = (image: RgbImage) => ({ data: toPlanar(image), dims: [1, 3, height, width] });
  return {
    manifest,
    async compute(a, b, signal) {
      if (a.width !== width || a.height !== height) return undefined;
      const distance = await session.run({ a: tensorOf(a), b: tensorOf(b) }, 'distance', signal);
      return distance.data[0];
    },
  };
}
