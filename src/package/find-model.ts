import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isWeights } from '../engine/weights/weights-names';
import { ownFolder } from './own-files';

/** Where a model is, and what is there. */
export interface ModelPlace {
  readonly kind: 'manifest' | 'checkpoint';
  /** Of its folder; a checkpoint may be one file. */
  readonly path: string;
}

/**
 * Finds a model's folder on a disk (Node only).
 * @param name an id in `models`, or the path of a folder that holds a manifest.json or weights, or of a file of weights
 * @param models the path of a folder of models
 */
export function findModel(name: string, models = ownModels()): ModelPlace | undefined {
  for (const path of [join(models, name), name]) {
    if (existsSync(join(path, 'manifest.json'))) return { kind: 'manifest', path };
    if (holdsWeights(path)) return { kind: 'checkpoint', path };
  }
  return undefined;
}

/** Whether a path is of a file of weights, or of a folder with one. */
function holdsWeights(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isDirectory() ? readdirSync(path).some(isWeights) : found !== undefined && isWeights(path);
}

/** Ids of the models in a folder of models. */
export function modelIds(models = ownModels()): string[] {
  if (!existsSync(models)) return [];
  return readdirSync(models).filter((name) => existsSync(join(models, name, 'manifest.json')));
}

function ownModels(): string {
  return fileURLToPath(ownFolder('models'));
}
