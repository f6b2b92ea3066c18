import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TokenoscopeError } from '../../core/errors';
import type { ManifestFile } from '../../core/image/manifest-file';
import { addressOf, runningFiles } from '../../core/image/running-files';
import type { DataFile } from '../ort/runtime';
import type { MeasureFiles } from './measure';
import type { ModelFiles } from './model';
import { graphsOf, parseGolden, parseManifest, parseMeasure } from './model-store';
import { unpacked } from './unpacked';

async function read(folder: string, path: string): Promise<Uint8Array> {
  try {
    return await readFile(join(folder, path));
  } catch (error) {
    throw new TokenoscopeError(
      'model-fetch',
      `${join(folder, path)} could not be read.`,
      path.startsWith('..')
        ? 'Models share this file: copy the folder `shared` as well, or put the file beside the manifest under the `path` given there.'
        : 'Check the folder: it must hold manifest.json and the files that it names.',
      { cause: error },
    );
  }
}

/**
 * Reads and checks a model's folder, for the command line, tests and benchmarks (Node only).
 * @throws TokenoscopeError `model-fetch`, `model-corrupt`
 */
export async function readModelFolder(folder: string): Promise<ModelFiles> {
  const text = new TextDecoder();
  const path = join(folder, 'manifest.json');
  const manifest = parseManifest(text.decode(await read(folder, 'manifest.json')), path);
  const contents = new Map<string, Uint8Array>();
  for (const file of runningFiles(manifest)) contents.set(file.path, await readChecked(folder, file));
  const golden = manifest.golden && (await unpacked(await readChecked(folder, manifest.golden)));
  return {
    manifest,
    ...graphsOf(manifest, contents),
    golden: golden && parseGolden(text.decode(golden), join(folder, 'golden.json')),
  };
}

/** The same for a learned measure's folder, with its measure.json. */
export async function readMeasureFolder(folder: string): Promise<MeasureFiles> {
  const json = new TextDecoder().decode(await read(folder, 'measure.json'));
  const manifest = parseMeasure(json, join(folder, 'measure.json'));
  const { graph, data } = manifest.files;
  return { manifest, graph: await readChecked(folder, graph), data: await readData(folder, data) };
}

function readData(folder: string, files: readonly ManifestFile[]): Promise<DataFile[]> {
  return Promise.all(
    files.map(async (file) => ({ path: file.path, bytes: await readChecked(folder, file) })),
  );
}

async function readChecked(folder: string, file: ManifestFile): Promise<Uint8Array> {
  const path = placeOf(folder, file);
  const bytes = await read(folder, path);
  if (createHash('sha256').update(bytes).digest('hex') !== file.sha256) {
    throw new TokenoscopeError(
      'model-corrupt',
      `${join(folder, path)} is not the file that its manifest names (sha256 differs).`,
      'Export the model again, or get its folder again.',
    );
  }
  return bytes;
}

/** A model's folder that was copied alone has the shared files beside its manifest. */
function placeOf(folder: string, file: ManifestFile): string {
  const address = addressOf(file);
  return address !== file.path && existsSync(join(folder, file.path)) ? file.path : address;
}
