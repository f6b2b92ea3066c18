/** `tokenoscope/image` in Node, on onnxruntime-node (CPU): the same exports as image.ts, which describes them. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { TokenoscopeError } from '../core/errors';
import { type ModelGraphs, openImageModel } from '../engine/image/model';
import { readModelFolder } from '../engine/image/model-folder';
import { fetchModel } from '../engine/image/model-store';
import type { Runtime } from '../engine/ort/runtime';
import type { CheckpointFiles } from '../engine/weights/checkpoint-files';
import { readCheckpointFolder } from '../engine/weights/checkpoint-folder';
import { graphsOfCheckpoint } from '../engine/weights/checkpoint-graphs';
import { findModel, modelIds } from './find-model';
import type { ImageModel, LoadModelOptions, OpenModelOptions } from './image-types';
import { missingPackage } from './missing-package';
import { ownFolder, splitFolder, toFolderUrl } from './own-files';

export { TokenoscopeError } from '../core/errors';
export { toRgba } from '../core/image/convert';
export { fitPicture } from '../core/image/fit-picture';

/** See image.ts. */
export async function loadImageModel(
  model: string | URL,
  options: LoadModelOptions = {},
): Promise<ImageModel> {
  const runtime = await createRuntime(options.threads);
  return await openImageModel(await readGraphs(model, options), runtime);
}

/** See image.ts. */
export async function openCheckpoint(
  files: CheckpointFiles,
  { threads, half }: OpenModelOptions = {},
): Promise<ImageModel> {
  const graphs = await graphsOfCheckpoint(files, { precision: half ? 'half' : 'full' });
  return await openImageModel(graphs, await createRuntime(threads));
}

async function readGraphs(model: string | URL, options: LoadModelOptions): Promise<ModelGraphs> {
  const { half, signal, onProgress } = options;
  const models = toFolderUrl(options.models ?? ownFolder('models'));
  const address = addressOf(model, models);
  if (address) {
    const { parent, name } = splitFolder(address);
    return await fetchModel(parent.href, name, signal, ({ loaded, total }) =>
      onProgress?.({ loaded, total }),
    );
  }
  const name = model instanceof URL ? fileURLToPath(model) : model;
  const place = models.protocol === 'file:' ? findModel(name, fileURLToPath(models)) : findModel(name);
  if (place?.kind === 'checkpoint') {
    return await readCheckpointFolder(place.path, { precision: half ? 'half' : 'full' });
  }
  if (place && !half) return await readModelFolder(place.path);
  throw place ? notHalved(place.path) : unknown(name, models);
}

/** The address of a model's folder; undefined where it is on a disk. */
function addressOf(model: string | URL, models: URL): URL | undefined {
  if (model instanceof URL) return model.protocol === 'file:' ? undefined : toFolderUrl(model);
  return models.protocol === 'file:' || existsSync(model) ? undefined : new URL(`${model}/`, models);
}

function notHalved(folder: string): TokenoscopeError {
  return new TokenoscopeError(
    'checkpoint-refused',
    `"${folder}" holds finished graphs, which stay as they are.`,
    'Half precision is for checkpoints.',
  );
}

function unknown(name: string, models: URL): TokenoscopeError {
  const known = models.protocol === 'file:' ? modelIds(fileURLToPath(models)) : [];
  return new TokenoscopeError(
    'model-unknown',
    `There is no model "${name}".`,
    `${known.length > 0 ? `Here are: ${known.join(', ')}. ` : ''}Name the folder or the weights of another one, or give the folder or address of a folder of models as "models".`,
  );
}

async function createRuntime(threads: number | undefined): Promise<Runtime> {
  try {
    const { createNodeRuntime } = await import('../engine/ort/node');
    return createNodeRuntime(threads);
  } catch (error) {
    throw missingPackage(error) ?? error;
  }
}
