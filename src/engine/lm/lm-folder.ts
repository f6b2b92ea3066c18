import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TokenoscopeError } from '../../core/errors';
import { assembled } from './lm-store';
import { lmFiles, parseLmManifest } from './manifest';
import type { LmFiles } from './open-model';

/**
 * Reads and checks a language model's folder, for the command line, tests and benchmarks (Node only).
 * @throws TokenoscopeError `model-fetch`, `model-corrupt`
 */
export async function readLmFolder(folder: string): Promise<LmFiles> {
  const json = new TextDecoder().decode(await read(join(folder, 'manifest.json')));
  const manifest = parseLmManifest(json, join(folder, 'manifest.json'));
  const contents = new Map<string, Uint8Array>();
  for (const { path, sha256 } of lmFiles(manifest)) {
    const bytes = await read(join(folder, path));
    if (createHash('sha256').update(bytes).digest('hex') !== sha256) {
      throw new TokenoscopeError(
        'model-corrupt',
        `${join(folder, path)} is not the file that its manifest names (sha256 differs).`,
        'Export the model again, or get its folder again.',
      );
    }
    contents.set(path, bytes);
  }
  return assembled(manifest, contents, join(folder, manifest.golden.path));
}

async function read(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new TokenoscopeError(
      'model-fetch',
      `${path} could not be read.`,
      'Check the folder: it must hold manifest.json and the files that it names.',
      { cause },
    );
  }
}
