import { open, readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { TokenoscopeError } from '../../../core/errors';
import type { ModelGraphs } from '../model';
import type { BuiltModel } from './checkpoint';
import { buildModel } from './families';
import { headerLength, LENGTH_BYTES, readHeader } from './safetensors';

const WEIGHTS = 'model.safetensors';

/**
 * Builds the graphs of a checkpoint's folder (config.json and model.safetensors), for the command line and tests
 * (Node only). Of the weights only the header is read.
 * @throws TokenoscopeError `model-fetch`, `model-corrupt`
 */
export async function inspectCheckpointFolder(folder: string): Promise<BuiltModel> {
  const name = basename(resolve(folder));
  const path = join(folder, WEIGHTS);
  const header = await readStart(path);
  const config = await readConfigFile(join(folder, 'config.json'));
  const tensors = readHeader(header.bytes, header.fileLength, path);
  return buildModel({ name, config, tensors, path: WEIGHTS });
}

/** The same with the weights, ready to be opened. */
export async function readCheckpointFolder(folder: string): Promise<ModelGraphs> {
  const { description, encoder, decoder } = await inspectCheckpointFolder(folder);
  const bytes = await readFile(join(folder, WEIGHTS));
  return { manifest: description, encoder, decoder, data: [{ path: WEIGHTS, bytes }] };
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
      `${path} is no JSON: ${error.message}.`,
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
