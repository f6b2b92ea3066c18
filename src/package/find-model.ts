import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ownFolder } from './own-files';

/** Where a model is, and what its folder holds. */
export interface ModelPlace {
  readonly kind: 'manifest' | 'checkpoint';
  readonly folder: string;
}

/**
 * Finds a model's folder on a disk (Node only).
 * @param name an id in `models`, or the path of a folder that holds a manifest.json or a model.safetensors
 * @param models the path of a folder of models
 */
export function findModel(name: string, models = ownModels()): ModelPlace | undefined {
  for (const folder of [join(models, name), name]) {
    if (existsSync(join(folder, 'manifest.json'))) return { kind: 'manifest', folder };
    if (existsSync(join(folder, 'model.safetensors'))) return { kind: 'checkpoint', folder };
  }
  return undefined;
}

/** Ids of the models in a folder of models. */
export function modelIds(models = ownModels()): string[] {
  if (!existsSync(models)) return [];
  return readdirSync(models).filter((name) => existsSync(join(models, name, 'manifest.json')));
}

function ownModels(): string {
  return fileURLToPath(ownFolder('models'));
}
