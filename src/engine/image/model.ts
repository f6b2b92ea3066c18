import { fromPlanar, toPlanar } from '../../core/image/convert';
import { checkPrefix } from '../../core/image/ids';
import type { Golden, ModelDescription, ModelManifest } from '../../core/image/manifest';
import type { RgbImage } from '../../core/image/pixels';
import type { DataFile, Runtime } from '../ort/runtime';

/** What a model runs as: its graphs, and the files that they point into. */
export interface ModelGraphs {
  readonly manifest: ModelDescription;
  readonly encoder: Uint8Array;
  readonly decoder: Uint8Array;
  readonly data: readonly DataFile[];
}

/** All files of a model, checked against its manifest. */
export interface ModelFiles extends ModelGraphs {
  readonly manifest: ModelManifest;
  readonly golden: Golden | undefined;
}

/** An image tokenizer in memory. The page and the command line use the same code over their own runtimes. */
export interface ImageModel {
  readonly manifest: ModelDescription;
  /**
   * @param image of the manifest's size
   * @returns K ids, each below the codebook size
   */
  encode(image: RgbImage, signal?: AbortSignal): Promise<Uint32Array>;
  /**
   * @param ids at least `k` and at most K of them; those from `k` on do not matter
   * @returns a picture of the manifest's size
   * @throws TokenoscopeError `model-run` where k or an id is out of range
   */
  decode(ids: Uint32Array, k: number, signal?: AbortSignal): Promise<RgbImage>;
  release(): Promise<void>;
}

/**
 * Loads both graphs (their contract stands with `manifestSchema`).
 * @throws TokenoscopeError `model-corrupt`, `backend-unavailable`
 */
export async function openImageModel(files: ModelGraphs, runtime: Runtime): Promise<ImageModel> {
  const { manifest } = files;
  const { width, height } = manifest.image;
  const encoder = await runtime.load(files.encoder, files.data);
  const decoder = await runtime.load(files.decoder, files.data);
  return {
    manifest,
    async encode(image, signal) {
      const pixels = { data: toPlanar(image), dims: [1, 3, height, width] };
      const ids = await encoder.run({ image: pixels }, 'ids', signal);
      return Uint32Array.from(ids.data);
    },
    async decode(ids, k, signal) {
      checkPrefix(manifest, ids, k);
      const padded = new Int32Array(manifest.tokens.count);
      padded.set(ids);
      const inputs = {
        ids: { data: padded, dims: [1, padded.length] },
        k: { data: Int32Array.of(k), dims: [1] },
      };
      const image = await decoder.run(inputs, 'image', signal);
      return fromPlanar(image.data as Float32Array, width, height);
    },
    async release() {
      await encoder.release();
      await decoder.release();
    },
  };
}
