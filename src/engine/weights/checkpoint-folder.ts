import { openAsBlob } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { TokenoscopeError } from '../../core/errors';
import type { BuiltModel } from '../families/checkpoint';
import type { ModelGraphs } from '../image/model';
import { configOf, graphsOfFiles, type HowOpened } from './checkpoint-graphs';
import { chooseFiles } from './choose-files';
import { buildWithWork, type WorkAnywhere } from './figures';
import { type HalfFile, planHalf } from './half-file';
import type { ListedFile } from './listing';
import { openWeights } from './open-weights';
import { WEIGHTS } from './plan';
import { isWeights } from './weights-names';

/** What a checkpoint's folder tells without reading the weights. */
export interface InspectedFolder extends BuiltModel {
  /** Of the weights, as they run. */
  readonly bytes: number;
  /** The weights' conversion to half precision; null where there is nothing to round. */
  readonly half: HalfFile | null;
  readonly work: WorkAnywhere;
  /** The files of the weights, and of others that are there too, by their names. */
  readonly weights: readonly string[];
  readonly others: readonly string[];
}

/**
 * Builds the graphs of a checkpoint for a processor, for the command line and tests (Node only). Of the weights only the
 * header or pickle is read.
 * @param path a folder with weights (safetensors or files of PyTorch) and, where they do not tell what they are of, their
 *   config.json; or a file of weights
 * @throws TokenoscopeError `model-fetch`, `model-corrupt`, `checkpoint-refused`, `file-unreadable`
 */
export async function inspectCheckpointFolder(path: string): Promise<InspectedFolder> {
  const { name, config, weights, others } = await findOnDisk(path);
  const opened = await openWeights(weights);
  const { header, bytes, tensors } = opened;
  const where = weights[0]!.path;
  const built = buildWithWork({ name, config: config ?? configOf(opened, where), tensors, path: WEIGHTS });
  const names = (files: readonly ListedFile[]) => files.map((file) => basename(file.path));
  const half = planHalf(header, bytes, where);
  return { ...built, bytes, half, weights: names(weights), others: names(others) };
}

/**
 * The same with the weights, ready to be opened.
 * @throws TokenoscopeError as `inspectCheckpointFolder`, and `checkpoint-refused` where half precision is impossible
 */
export async function readCheckpointFolder(path: string, how: HowOpened = {}): Promise<ModelGraphs> {
  return graphsOfFiles(await findOnDisk(path), how);
}

/** A checkpoint on a disk, whose files are called by their paths. */
interface OnDisk {
  readonly name: string;
  /** Parsed config.json; undefined where there is none. */
  readonly config: unknown;
  readonly weights: readonly ListedFile[];
  readonly others: readonly ListedFile[];
}

async function findOnDisk(path: string): Promise<OnDisk> {
  const isFile = await stat(path).then(
    (found) => found.isFile(),
    (error: unknown) => {
      throw unreadable(path, error);
    },
  );
  const folder = isFile ? dirname(path) : path;
  const listed = await listFolder(folder);
  const chosen = chooseFiles(listed, folder, isFile ? basename(path) : undefined);
  if (chosen.format === 'onnx') {
    throw new TokenoscopeError(
      'checkpoint-refused',
      `${folder} holds finished graphs, with a manifest.json.`,
      'They are opened as a model, not as a checkpoint.',
    );
  }
  const named = (file: ListedFile) => ({ ...file, path: join(folder, file.path) });
  return {
    name: isFile ? basename(path).replace(/\.\w+$/, '') : basename(resolve(folder)),
    config: chosen.config && (await readConfigFile(join(folder, chosen.config.path))),
    weights: chosen.weights.map(named),
    others: chosen.others.map(named),
  };
}

/** Weights and their configs at the top of a folder. */
async function listFolder(folder: string): Promise<ListedFile[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw unreadable(folder, error);
  });
  const names = entries
    .filter((entry) => !entry.isDirectory() && (isWeights(entry.name) || entry.name === 'config.json'))
    .map(({ name }) => name)
    .sort();
  return Promise.all(
    names.map(async (path) => {
      const blob = await openAsBlob(join(folder, path)).catch((error: unknown) => {
        throw unreadable(join(folder, path), error);
      });
      return { path, bytes: blob.size, sha256: null, from: { blob } };
    }),
  );
}

async function readConfigFile(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw unreadable(path, error);
    throw new TokenoscopeError(
      'model-corrupt',
      `${path} is not JSON: ${error.message}.`,
      'Get the file again, and check that it is complete.',
    );
  }
}

function unreadable(path: string, cause: unknown): TokenoscopeError {
  return new TokenoscopeError(
    'model-fetch',
    `${path} could not be read.`,
    'Check the path: a checkpoint is a folder with its weights and config.json, or a file of weights.',
    { cause },
  );
}
