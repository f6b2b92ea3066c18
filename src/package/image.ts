/**
 * `tokenoscope/image` in browsers and workers, on onnxruntime-web (WASM). In Node image.node.ts takes its place, with
 * the same exports. See docs/library.md.
 */
import { openImageModel } from '../engine/image/model';
import { fetchModel } from '../engine/image/model-store';
import type { Runtime } from '../engine/ort/runtime';
import { createWebRuntime } from '../engine/ort/web';
import type { CheckpointFiles } from '../engine/weights/checkpoint-files';
import { graphsOfCheckpoint } from '../engine/weights/checkpoint-graphs';
import type { ImageModel, LoadModelOptions, OpenModelOptions } from './image-types';
import { ownFolder, splitFolder, toFolderUrl } from './own-files';

export type { ErrorCode } from '../core/errors';
export { TokenoscopeError } from '../core/errors';
export { toRgba } from '../core/image/convert';
export { fitPicture } from '../core/image/fit-picture';
export type { RgbaImage, RgbImage } from '../core/image/pixels';
export type { SamplerFacts, Steps } from '../core/image/sampling';
export type { CheckpointFiles } from '../engine/weights/checkpoint-files';
export type {
  DecodeOptions,
  FetchProgress,
  ImageModel,
  LoadModelOptions,
  ModelFacts,
  OpenModelOptions,
} from './image-types';

/**
 * Loads an image tokenizer. Its files are checked by their sha256.
 * @param model the id of a model in the folder of models (`karhunen-128` comes with the package), or the address of a
 *   model's own folder, which holds a `manifest.json`. In Node also a folder's path, or that of a checkpoint: of a folder
 *   with its weights (safetensors, or files of PyTorch) and its `config.json` where it has one, or of one file of weights.
 * @throws TokenoscopeError `model-unknown`, `model-fetch`, `model-corrupt`, `checkpoint-refused`; `backend-unavailable`
 *   where onnxruntime cannot be loaded; `aborted`
 */
export async function loadImageModel(
  model: string | URL,
  { models, signal, onProgress, threads }: LoadModelOptions = {},
): Promise<ImageModel> {
  const runtime = await createRuntime(threads);
  const own = model instanceof URL ? splitFolder(toFolderUrl(model)) : undefined;
  const { parent, name } = own ?? { parent: toFolderUrl(models ?? ownFolder('models')), name: String(model) };
  const files = await fetchModel(parent.href, name, signal, ({ loaded, total }) =>
    onProgress?.({ loaded, total }),
  );
  return await openImageModel(files, runtime);
}

/**
 * Opens a checkpoint of a known family (TiTok, SoftVQ-VAE and others) as it is published, as safetensors or as a file of
 * PyTorch, which is read as data: nothing in it is run.
 * @throws TokenoscopeError `model-corrupt` that names the field or tensor; `checkpoint-refused`; `backend-unavailable`
 */
export async function openCheckpoint(
  files: CheckpointFiles,
  { threads, half }: OpenModelOptions = {},
): Promise<ImageModel> {
  const graphs = await graphsOfCheckpoint(files, { precision: half ? 'half' : 'full' });
  return await openImageModel(graphs, await createRuntime(threads));
}

async function createRuntime(threads: number | undefined): Promise<Runtime> {
  return createWebRuntime(await import('onnxruntime-web/wasm'), threads);
}
