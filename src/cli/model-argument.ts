import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TokenoscopeError } from '../core/errors';
import { type ImageModel, openImageModel } from '../engine/image/model';
import { readModelFolder } from '../engine/image/model-folder';
import { createNodeRuntime } from '../engine/ort/node';
import { readCheckpointFolder } from '../engine/weights/checkpoint-folder';
import { badArguments } from './arguments';

const FOLDER = join('public', 'models');

/** Where a model lies, and what its folder holds. */
interface ModelPlace {
  readonly kind: 'manifest' | 'checkpoint';
  readonly folder: string;
}

/**
 * Finds what `--model` names: a bundled model's id, a folder that holds a manifest.json, or a checkpoint's folder.
 * @throws TokenoscopeError `bad-arguments` where there is no such model
 */
export function findModel(name: string | undefined, usage: string): ModelPlace {
  const known = `Known: ${bundledIds().join(', ') || 'none yet'}.`;
  if (!name) throw badArguments(`Name a model with --model. ${known}`, usage);
  for (const folder of [join(FOLDER, name), name]) {
    if (existsSync(join(folder, 'manifest.json'))) return { kind: 'manifest', folder };
    if (existsSync(join(folder, 'model.safetensors'))) return { kind: 'checkpoint', folder };
  }
  throw badArguments(
    existsSync(name)
      ? `"${name}" holds neither a manifest.json nor a model.safetensors.`
      : `There is no model "${name}". ${known}`,
    usage,
  );
}

/**
 * Opens what `--model` names.
 * @param half `--half`: rounds a checkpoint's matrices to 16 bits
 * @throws TokenoscopeError as `findModel`, and `model-fetch`, `model-corrupt`, `checkpoint-refused`
 */
export async function openModelArgument(
  name: string | undefined,
  usage: string,
  half = false,
): Promise<ImageModel> {
  const { kind, folder } = findModel(name, usage);
  if (half && kind === 'manifest') throw notHalved(folder, usage);
  const graphs =
    kind === 'manifest'
      ? await readModelFolder(folder)
      : await readCheckpointFolder(folder, half ? 'half' : 'full');
  return openImageModel(graphs, createNodeRuntime());
}

/** Refuses `--half` for graphs that somebody made. */
export function notHalved(folder: string, usage: string): TokenoscopeError {
  return badArguments(`--half is for checkpoints; "${folder}" holds graphs, which stay as they are.`, usage);
}

function bundledIds(): string[] {
  return existsSync(FOLDER)
    ? readdirSync(FOLDER).filter((name) => existsSync(join(FOLDER, name, 'manifest.json')))
    : [];
}
