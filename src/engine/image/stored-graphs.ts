import { TokenoscopeError, throwIfAborted } from '../../core/errors';
import { checkpointLabel } from '../../core/image/checkpoint-id';
import type { Golden } from '../../core/image/manifest';
import { runningFiles } from '../../core/image/running-files';
import { buildModel } from '../families/families';
import type { Backend } from '../host/backend';
import type { LoadProgress } from '../rpc/protocol';
import { findCheckpoint, readPieces } from '../storage/checkpoint-store';
import { touch } from '../storage/library';
import { parseConfig } from '../weights/inspect';
import { type StoredCheckpoint, WEIGHTS } from '../weights/plan';
import { headerLength, holdsHalves, readHeader } from '../weights/safetensors';
import type { ModelGraphs } from './model';
import { graphsOf, parseGolden, parseManifest } from './model-store';
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
    const bytes = await readFile(record, path, signal, (loaded) =>
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
  const bytes = await read(WEIGHTS);
  const header = bytes.subarray(0, headerLength(bytes, WEIGHTS));
  const tensors = readHeader(header, bytes.length, WEIGHTS);
  const { encoder, decoder, begin } = buildModel({
    name: record.name,
    config: parseConfig(record.config),
    tensors,
    path: WEIGHTS,
    onProcessor: backend === 'wasm',
  });
  const data = [{ path: WEIGHTS, bytes, isHalf: holdsHalves(tensors) }];
  return { manifest, encoder, decoder, begin, data, golden: undefined };
}

async function readFile(
  { key, name, files }: StoredCheckpoint,
  path: string,
  signal: AbortSignal | undefined,
  onBytes: (loaded: number) => void,
): Promise<Uint8Array> {
  const length = files.find((file) => file.path === path)?.bytes ?? 0;
  const pieces = await readPieces(key, path);
  const lost = () =>
    new TokenoscopeError(
      'model-corrupt',
      `A part of ${name} is missing from this browser's storage.`,
      'Delete it in the list of checkpoints, and download it again.',
    );
  if (length === 0 || pieces.reduce((sum, { size }) => sum + size, 0) !== length) throw lost();
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    throwIfAborted(signal);
    const part = await piece.arrayBuffer().catch(() => {
      throw lost();
    });
    bytes.set(new Uint8Array(part), at);
    at += part.byteLength;
    onBytes(at);
  }
  return bytes;
}
