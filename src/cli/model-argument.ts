import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type ImageModel, openImageModel } from '../engine/image/model';
import { readModelFolder } from '../engine/image/model-folder';
import { createNodeRuntime } from '../engine/ort/node';
import { badArguments } from './arguments';

const FOLDER = join('public', 'models');

function bundledIds(): string[] {
  return existsSync(FOLDER)
    ? readdirSync(FOLDER).filter((name) => existsSync(join(FOLDER, name, 'manifest.json')))
    : [];
}

/**
 * Opens what `--model` names: a bundled model's id, or any folder that holds a manifest.json.
 * @throws TokenoscopeError `bad-arguments` where there is no such model, `model-fetch`, `model-corrupt`
 */
export async function openModelArgument(name: string | undefined, usage: string): Promise<ImageModel> {
  const known = `Known: ${bundledIds().join(', ') || 'none yet'}.`;
  if (!name) throw badArguments(`Name a model with --model. ${known}`, usage);
  const folder = [join(FOLDER, name), name].find((path) => existsSync(join(path, 'manifest.json')));
  if (!folder) throw badArguments(`There is no model "${name}". ${known}`, usage);
  return openImageModel(await readModelFolder(folder), createNodeRuntime());
}
