import { TokenoscopeError, throwIfAborted } from '../../core/errors';
import { checkpointLabel } from '../../core/image/checkpoint-id';
import type { Golden } from '../../core/image/manifest';
import { runningFiles } from '../../core/image/running-files';
import { buildModel } from '../families/families';
import type { Backend } from '../host/backend';
import type { LoadProgress } from '../rpc/protocol';
import { findCheckpoint, readPieces } from '../storage/checkpoint-store';
import { touch } from '../storage/library';
import { parseConfig } from '../weights/config-text';
import { isPart, type StoredCheckpoint, type StoredFile, WEIGHTS } from '../weights/plan';
import { headerLength, holdsHalves, LENGTH_BYTES, readHeader } from '../weights/safetensors';
import type { ModelGraphs } from './model';
import { graphsOf, parseGolden, parseManifest } from './model-store';
import { storedBytes } from './stored-bytes';
import { unpacked } from './unpacked';

/**
 * Reads a checkpoint that is kept in this browser, ready to be opened. Its graphs are built each time, so
 * that they are always those of this release.
 * @throws TokenoscopeError `checkpoint-missing`, `model-corrupt`, `storage-refused`, `aborted`
 */
export async function readStoredCheckpoint(
  id: string,
  backend: Backend,
  signal: AbortSignal | undefined,
  onProgress: (progress: LoadProgress) => void,
): Promise<ModelGraphs & { readonly golden: Golden | undefined }> {
  const record = await findCheckpoint(id);
  if (!record) {
    throw new TokenoscopeError(
      'checkpoint-missing',
      `${checkpointLabel(id)} is not on this device.`,
      'Add it to see the picture.',
    );
  }
  void touch('checkpoint', id);
  let before = 0;
  const read = async (path: string) => {
    const file = record.files.filter((one) => one.path === path);
    const bytes = await readFiles(record, file, signal, (loaded) =>
      onProgress({ what: record.name, loaded: before + loaded, total: record.bytes }),
    );
    before += bytes.length;
    return bytes;
  };
  const manifest = { id, label: record.name, image: record.image, tokens: record.tokens };
  if (record.format === 'onnx') {
    const parsed = parseManifest(record.config, 'manifest.json');
    const contents = new Map<string, Uint8Array>();
    for (const { path } of runningFiles(parsed)) contents.set(path, await read(path));
    const golden =
      parsed.golden &&
      parseGolden(new TextDecoder().decode(await unpacked(await read(parsed.golden.path))), 'golden.json');
    return { manifest: { ...manifest, sampler: parsed.sampler }, ...graphsOf(parsed, contents), golden };
  }
  const weights = record.files.filter(({ path }) => isPart(path));
  const file = await storedFile(record, weights);
  const tell = (loaded: number) => onProgress({ what: record.name, loaded, total: record.bytes });
  const start = await readStart(record, file, LENGTH_BYTES);
  const header = await readStart(record, file, headerLength(start, WEIGHTS));
  const tensors = readHeader(header, file.size, WEIGHTS);
  const { description, encoder, decoder, begin, flow } = buildModel({
    name: record.name,
    config: parseConfig(record.config),
    tensors,
    path: WEIGHTS,
    onProcessor: backend === 'wasm',
  });
  const bytes = storedBytes(file, tell) ?? (await readFiles(record, weights, signal, tell));
  const data = [{ path: WEIGHTS, bytes, isHalf: holdsHalves(tensors) }];
  const { sampler } = description;
  return { manifest: { ...manifest, sampler }, encoder, decoder, begin, flow, data, golden: undefined };
}

/** Bytes read at a time. */
const READ_BYTES = 4 * 2 ** 20;

/** Files one behind the other, not read yet: weights may be kept in parts. */
async function storedFile({ key, name }: StoredCheckpoint, files: readonly StoredFile[]): Promise<Blob> {
  const pieces: Blob[] = [];
  for (const { path } of files) pieces.push(...(await readPieces(key, path)));
  const file = new Blob(pieces);
  if (file.size === 0 || file.size !== files.reduce((sum, { bytes }) => sum + bytes, 0)) throw lost(name);
  return file;
}

async function readStart({ name }: StoredCheckpoint, file: Blob, length: number): Promise<Uint8Array> {
  const bytes = await file
    .slice(0, length)
    .arrayBuffer()
    .catch(() => {
      throw lost(name);
    });
  return new Uint8Array(bytes);
}

/** Where files cannot be read in passing, or are graphs. */
async function readFiles(
  record: StoredCheckpoint,
  files: readonly StoredFile[],
  signal: AbortSignal | undefined,
  onBytes: (loaded: number) => void,
): Promise<Uint8Array> {
  const file = await storedFile(record, files);
  const bytes = new Uint8Array(file.size);
  for (let at = 0; at < bytes.length; at += READ_BYTES) {
    throwIfAborted(signal);
    const part = await file
      .slice(at, at + READ_BYTES)
      .arrayBuffer()
      .catch(() => {
        throw lost(record.name);
      });
    bytes.set(new Uint8Array(part), at);
    onBytes(at + part.byteLength);
  }
  return bytes;
}

function lost(name: string): TokenoscopeError {
  return new TokenoscopeError(
    'model-corrupt',
    `A part of ${name} is missing from this browser's storage.`,
    'Delete it in the list of checkpoints, and download it again.',
  );
}
