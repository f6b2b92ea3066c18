import { TokenoscopeError } from '../../core/errors';
import { fromPlanar, toPlanar } from '../../core/image/convert';
import { checkPrefix } from '../../core/image/ids';
import type { Golden, ModelDescription, ModelManifest } from '../../core/image/manifest';
import type { RgbImage } from '../../core/image/pixels';
import { type AskedSampling, resolveSampling } from '../../core/image/sampling';
import type { DataFile, PlainTensor, Runtime } from '../ort/runtime';
import { expectDims, type FlowGraphs, type FlowOptions, openFlow } from './flow';
import type { SplitEncoder } from './split-encoder';
import { inTwoSteps } from './two-steps';

/** What a model runs from: its graphs, and the files that they refer to. */
export interface ModelGraphs {
  readonly manifest: ModelDescription;
  readonly encoder: Uint8Array;
  /** The same in two parts, where these are to be run instead. */
  readonly split?: SplitEncoder | undefined;
  readonly decoder: Uint8Array;
  /** The decoder's first part, where it is in two (two-steps.ts). */
  readonly begin?: Uint8Array | undefined;
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

type OnBegin = (ids: Uint32Array) => Promise<void>;

/** An image tokenizer in memory. The page and the command line use the same code over their own runtimes. */
export interface ImageModel {
  readonly manifest: ModelDescription;
  /**
   * @param image of the manifest's size
   * @param onBegin called with the first tokens where these are there long before the others, which then wait for it
   * @returns K ids, each below the codebook size
   */
  encode(image: RgbImage, signal?: AbortSignal, onBegin?: OnBegin): Promise<Uint32Array>;
  /**
   * @param ids at least `k` and at most K of them; those from `k` on do not matter
   * @returns a picture of the manifest's size
   * @throws TokenoscopeError `model-run` where k, an id, steps or seed is out of range; `aborted`
   */
  decode(ids: Uint32Array, k: number, options?: DecodeOptions): Promise<RgbImage>;
  /** A rough picture in about half the time, where the model has drawn enough to know how; else undefined. */
  sketch?: ((ids: Uint32Array, k: number, signal?: AbortSignal) => Promise<RgbImage | undefined>) | undefined;
  release(): Promise<void>;
}

/** The half of a model that draws. */
export type ImageDecoder = Pick<ImageModel, 'decode' | 'sketch' | 'release'>;

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
  const encoder = await openEncoder(files, runtime);
  const decoder = await openDecoder(files, runtime, atOnce);
  return {
    manifest,
    encode: (image, signal, onBegin) =>
      encoder.encode({ data: toPlanar(image), dims: [1, 3, height, width] }, signal, onBegin),
    decode: decoder.decode,
    sketch: decoder.sketch,
    async release() {
      await encoder.release();
      await decoder.release();
    },
  };
}

/** Loads what makes tokens: in two parts where the files say how. */
async function openEncoder({ encoder, split, data }: ModelGraphs, runtime: Runtime) {
  if (!split) {
    const session = await runtime.load(encoder, data);
    return {
      encode: async (image: PlainTensor, signal?: AbortSignal) =>
        Uint32Array.from((await session.run({ image }, 'ids', signal)).data),
      release: session.release,
    };
  }
  const { between } = split;
  const begin = await runtime.load(split.begin, data);
  const rest = await runtime.load(split.rest, data);
  return {
    async encode(image: PlainTensor, signal?: AbortSignal, onBegin?: OnBegin) {
      const begun = await begin.runAll({ image }, ['ids', between], signal);
      await onBegin?.(Uint32Array.from(begun['ids']!.data));
      const others = await rest.run({ [between]: begun[between]! }, 'ids', signal);
      return Uint32Array.from([...begun['ids']!.data, ...others.data]);
    },
    async release() {
      await begin.release();
      await rest.release();
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
  const begin = files.begin && (await runtime.load(files.begin, files.data));
  const steps = begin && inTwoSteps(begin, decoder);
  const { sampler } = manifest;
  const flow = sampler && (await openFlow({ ...manifest, sampler }, files.flow, files.data, runtime, atOnce));
  const prefixOf = (ids: Uint32Array, k: number) => {
    const padded = new Int32Array(manifest.tokens.count);
    padded.set(ids);
    return { ids: { data: padded, dims: [1, padded.length] }, k: { data: Int32Array.of(k), dims: [1] } };
  };
  return {
    async decode(ids, k, options = {}) {
      checkPrefix(manifest, ids, k, options.none ? 0 : 1);
      const sampling = resolveSampling(manifest, options);
      const prefix = prefixOf(ids, k);
      const inputs = flow && sampling ? await flow.draw(prefix, sampling, options) : prefix;
      const image = steps
        ? await steps.draw(prefix, options.signal)
        : await decoder.run(inputs, 'image', options.signal);
      expectDims(manifest.label, 'image', image, [1, 3, height, width]);
      if (k === 0 && !image.data.every(Number.isFinite)) {
        throw new TokenoscopeError('model-run', `${manifest.label} draws nothing from no token.`);
      }
      return fromPlanar(image.data as Float32Array, width, height);
    },
    sketch:
      steps &&
      (async (ids, k, signal) => {
        checkPrefix(manifest, ids, k, 1);
        const image = await steps.sketch(prefixOf(ids, k), width, signal);
        return image && fromPlanar(image.data as Float32Array, width, height);
      }),
    async release() {
      await decoder.release();
      await begin?.release();
      await flow?.release();
    },
  };
}
