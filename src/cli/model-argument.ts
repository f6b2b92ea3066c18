import { existsSync } from 'node:fs';
import type { TokenoscopeError } from '../core/errors';
import { familyNames } from '../engine/families/families';
import { findModel as find, type ModelPlace, modelIds } from '../package/find-model';
import { loadImageModel } from '../package/image.node';
import type { ImageModel } from '../package/image-types';
import { badArguments, flag, type Option, required } from './command';

const known = () => `Known: ${modelIds().join(', ') || 'none yet'}.`;

/** `--model`. */
export const modelOption: Option<string> = required(
  'ID|FOLDER|FILE',
  "a bundled model's id, a folder with a manifest.json, or a checkpoint as published: its folder, or its file of weights",
  () => `Name a model with --model. ${known()}`,
);

/** `--half`. */
export const halfOption = flag(
  "rounds a checkpoint's matrices to 16 bits, as the page can; inspect-model shows the size that results",
);

/** What a checkpoint is, for the commands' help. */
export const MODEL_HELP = `  A checkpoint is a folder with weights and, where it has one, its config.json; or one file of weights. Weights are
  .safetensors or files of PyTorch (.bin, .pt, .pth, .ckpt, .pkl), read as data: nothing in them is run. Models:
  ${familyNames}.`;

/**
 * Finds what `--model` names: a bundled model's id, a folder that holds a manifest.json, or a checkpoint.
 * @throws TokenoscopeError `bad-arguments` where there is no such model
 */
export function findModel(name: string): ModelPlace {
  const place = find(name);
  if (place) return place;
  throw badArguments(
    existsSync(name)
      ? `"${name}" is neither a file of weights nor a folder with one or with a manifest.json.`
      : `There is no model "${name}". ${known()}`,
  );
}

/**
 * Opens what `--model` names.
 * @param half `--half`: rounds a checkpoint's matrices to 16 bits
 * @throws TokenoscopeError as `findModel`, and `model-fetch`, `model-corrupt`, `checkpoint-refused`
 */
export async function openModelArgument(name: string, half = false): Promise<ImageModel> {
  const { kind, path } = findModel(name);
  if (half && kind === 'manifest') throw notHalved(path);
  return await loadImageModel(path, { half });
}

/** Refuses `--half` for finished graphs. */
export function notHalved(folder: string): TokenoscopeError {
  return badArguments(`--half is for checkpoints; "${folder}" holds graphs, which stay as they are.`);
}
