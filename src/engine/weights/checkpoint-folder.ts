import { open, readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { TokenoscopeError } from '../../core/errors';
import type { BuiltModel } from '../families/checkpoint';
import { buildModel } from '../families/families';
import type { ModelGraphs } from '../image/model';
import { graphsOfCheckpoint } from './checkpoint-graphs';
import { damaged } from './damaged';
import { type HalfFile, planHalf } from './half-file';
import { refuseOtherWeights, SIGNATURE_BYTES } from './other-weights';
import { type Precision, WEIGHTS } from './plan';
import { headerLength, LENGTH_BYTES, readHeader } from './safetensors';

/** Bytes read at a time. */
const READ_BYTES = 2 ** 28;

/** What a checkpoint's folder tells without reading the weights. */
export interface InspectedFolder extends BuiltModel {
  /** Of the weights. */
  readonly bytes: number;
  /** The weights' conversion to half precision; null where there is nothing to round. */
  readonly half: HalfFile | null;
}

/**
 * Builds the graphs of a checkpoint's folder (config.json and model.safetensors), for the command line and tests
 * (Node only). Of the weights only the header is read.
 * @throws TokenoscopeError `model-fetch`, `model-corrupt`
 */
export async function inspectCheckpointFolder(folder: string): Promise<InspectedFolder> {
  const path = join(folder, WEIGHTS);
  const { bytes, fileLength } = await readStart(path);
  const config = await readConfigFile(join(folder, 'config.json'));
  const tensors = readHeader(bytes, fileLength, path);
  const built = buildModel({ name: nameOf(folder), config, tensors, path: WEIGHTS });
  return { ...built, bytes: fileLength, half: planHalf(bytes, fileLength, path) };
}

/**
 * The same with the weights, ready to be opened.
 * @param precision `half` rounds matrices to 16 bits, as the page can
 * @param onProcessor false gives the graphs that WebGPU runs
 * @throws TokenoscopeError `model-fetch`, `model-corrupt`; `checkpoint-refused` where half precision is impossible
 */
export async function readCheckpointFolder(
  folder: string,
  precision: Precision = 'full',
  onProcessor = true,
): Promise<ModelGraphs> {
  // Before gigabytes are read.
  await inspectCheckpointFolder(folder);
  const config = await readConfigFile(join(folder, 'config.json'));
  const files = { name: nameOf(folder), config, weights: await readWhole(join(folder, WEIGHTS)) };
  return graphsOfCheckpoint(files, precision, join(folder, WEIGHTS), onProcessor);
}

function nameOf(folder: string): string {
  return basename(resolve(folder));
}

/** A whole file, also one of more than 2 GiB, which Node's own function refuses. */
async function readWhole(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const bytes = new Uint8Array((await file.stat()).size);
    for (let at = 0; at < bytes.length; ) {
      const { bytesRead } = await file.read(bytes, at, Math.min(READ_BYTES, bytes.length - at), at);
      if (bytesRead === 0) throw damaged(path, 'it became shorter while it was read');
      at += bytesRead;
    }
    return bytes;
  } finally {
    await file.close();
  }
}

async function readStart(path: string): Promise<{ bytes: Uint8Array; fileLength: number }> {
  try {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      const read = async (length: number) => {
        const bytes = new Uint8Array(Math.min(length, size));
        await file.read(bytes, 0, bytes.length, 0);
        return bytes;
      };
      refuseOtherWeights(await read(SIGNATURE_BYTES), path);
      return { bytes: await read(headerLength(await read(LENGTH_BYTES), path)), fileLength: size };
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof TokenoscopeError) throw error;
    throw unreadable(path, error);
  }
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
    `Check the folder: it must hold config.json and ${WEIGHTS}.`,
    { cause },
  );
}
