import { TokenoscopeError } from '../../core/errors';
import { fromPlanar, toPlanar } from '../../core/image/convert';
import { checkPrefix } from '../../core/image/ids';
import type { Golden, ModelDescription, ModelManifest } from '../../core/image/manifest';
import type { RgbImage } from '../../core/image/pixels';
import { type AskedSampling, resolveSampling } from '../../core/image/sampling';
import type { DataFile, Runtime } from '../ort/runtime';
import { expectDims, type FlowGraphs, type FlowOptions, openFlow } from './flow';

/** What a model runs from: its graphs, and the files that they refer to. */
export interface ModelGraphs {
  readonly manifest: ModelDescription;
  readonly encoder: Uint8Array;
  readonly decoder: Uint8Array;
  /** Set where the manifest has a sampler. */
  readonly flow?: FlowGraphs | undefined;
  readonly data: readonly DataFile[];
}

/** All files of a model, checked against its manifest. */
export interface ModelFiles extends ModelGraphs {
  readonly manifest: ModelManifest;
  readonly golden: Golden | undefined;
}

/** How to decode: a sampler's steps and seed, where they are not its default and 0. */
export interface DecodeOptions extends AskedSampling, FlowOptions {
  /** Also takes k = 0: what the model draws before its first token. Not every one draws something then. */
  readonly none?: boolean;
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
   * @throws TokenoscopeError `model-run` where k, an id, steps or seed is out of range; `aborted`
   */
  decode(ids: Uint32Array, k: number, options?: DecodeOptions): Promise<RgbImage>;
  release(): Promise<void>;
}

/** The half of a model that draws. */
export type ImageDecoder = Pick<ImageModel, 'decode' | 'release'>;

/**
 * Loads the graphs (for their contract see `manifestSchema`).
 * @param atOnce also those that a sampler would load when it draws: the files may be freed after that
 * @throws TokenoscopeError `model-corrupt`, `backend-unavailable`
 */
export async function openImageModel(
  files: ModelGraphs,
  runtime: Runtime,
  atOnce = false,
): Promise<ImageModel> {
  const { manifest } = files;
  const { width, height } = manifest.image;
  const encoder = await runtime.load(files.encoder, files.data);
  const decoder = await openDecoder(files, runtime, atOnce);
  return {
    manifest,
    async encode(image, signal) {
      const pixels = { data: toPlanar(image), dims: [1, 3, height, width] };
      const ids = await encoder.run({ image: pixels }, 'ids', signal);
      return Uint32Array.from(ids.data);
    },
    decode: decoder.decode,
    async release() {
      await encoder.release();
      await decoder.release();
    },
  };
}

/** Loads what draws pictures alone. @throws TokenoscopeError `model-corrupt`, `backend-unavailable` */
export async function openDecoder(
  files: Omit<ModelGraphs, 'encoder'>,
  runtime: Runtime,
  atOnce = false,
): Promise<ImageDecoder> {
  const { manifest } = files;
  const { width, height } = manifest.image;
  const decoder = await runtime.load(files.decoder, files.data);
  const { sampler } = manifest;
  const flow = sampler && (await openFlow({ ...manifest, sampler }, files.flow, files.data, runtime, atOnce));
  return {
    async decode(ids, k, options = {}) {
      checkPrefix(manifest, ids, k, options.none ? 0 : 1);
      const sampling = resolveSampling(manifest, options);
      const padded = new Int32Array(manifest.tokens.count);
      padded.set(ids);
      const prefix = {
        ids: { data: padded, dims: [1, padded.length] },
        k: { data: Int32Array.of(k), dims: [1] },
      };
      const inputs = flow && sampling ? await flow.draw(prefix, sampling, options) : prefix;
      const image = await decoder.run(inputs, 'image', options.signal);
      expectDims(manifest.label, 'image', image, [1, 3, height, width]);
      if (k === 0 && !image.data.every(Number.isFinite)) {
        throw new TokenoscopeError('model-run', `${manifest.label} draws nothing from no token.`);
      }
      return fromPlanar(image.data as Float32Array, width, height);
    },
    async release() {
      await decoder.release();
      await flow?.release();
    },
  };
}
