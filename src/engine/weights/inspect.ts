import { TokenoscopeError } from '../../core/errors';
import { fileCheckpointId, hubCheckpointId } from '../../core/image/checkpoint-id';
import type { ManifestFile } from '../../core/image/manifest';
import { addressOf, namesOf, runningFiles } from '../../core/image/running-files';
import { buildModel, impliedConfig } from '../families/families';
import { parseManifest } from '../image/model-store';
import { askText, hostOf } from './answers';
import { type FileStart, readBlob, readStart } from './bytes-source';
import { type ChosenFiles, chooseFiles, refusePickle } from './choose-files';
import { sha256Of } from './content-hash';
import { planHalf } from './half-file';
import { type ListedFile, listRepository, PICKLE } from './listing';
import { refuseOtherWeights } from './other-weights';
import {
  type CheckpointFacts,
  type CheckpointOrigin,
  type CheckpointPlan,
  type PlannedFile,
  WEIGHTS,
} from './plan';
import { headerLength, readHeader, type StoredTensor } from './safetensors';
import type { RemoteSource } from './source';
import { torchAsSafetensors } from './torch/safetensors-blob';
import { isTorchFile, TORCH_SIGNATURE } from './torch/torch-file';

/** Where to look: at another site, or at the visitor's files. */
export type CheckpointSource =
  | RemoteSource
  | { readonly kind: 'files'; readonly files: readonly GivenFile[] };

interface GivenFile {
  readonly name: string;
  readonly content: Blob;
}

/** Headers of published checkpoints fit into this, so one request is enough. */
const FIRST_READ = 256 * 1024;
const CONFIG_LIMIT = 2_000_000;
/** How many samples of a file identify it, and how many bytes each has. */
const SAMPLES = 512;
const SAMPLE_BYTES = 4096;

/** The files of one checkpoint, and where they come from. */
interface Found {
  readonly origin: CheckpointOrigin;
  readonly name: string;
  /** In words. */
  readonly where: string;
  readonly id: string | null;
  readonly key: string;
  readonly files: readonly ListedFile[];
}

/**
 * Looks at a checkpoint without fetching its weights: its config.json and the header of its safetensors, or its
 * manifest.
 * @throws TokenoscopeError `model-fetch`, `model-corrupt`, `checkpoint-refused`, `file-unreadable`
 */
export async function inspectCheckpoint(
  source: CheckpointSource,
  signal?: AbortSignal,
): Promise<CheckpointPlan> {
  const found = await find(source, signal);
  const chosen = chooseFiles(found.files, found.where);
  return chosen.format === 'onnx'
    ? await inspectGraphs(found, chosen.manifest, signal)
    : await inspectTensors(found, chosen, signal);
}

async function find(source: CheckpointSource, signal?: AbortSignal): Promise<Found> {
  switch (source.kind) {
    case 'hub': {
      const { hub, repository } = source;
      const { commit, files } = await listRepository(source, signal);
      const id = hubCheckpointId(repository, commit);
      const name = repository.slice(repository.indexOf('/') + 1);
      const origin = { kind: 'hub', hub, repository, commit } as const;
      return { origin, name, where: repository, id, key: id, files };
    }
    case 'url': {
      const { folder, weights } = source;
      if (weights && !/\.safetensors$/i.test(weights)) throw refusePickle(weights);
      const at = (path: string): ListedFile => ({
        path,
        bytes: undefined,
        sha256: null,
        from: { url: new URL(encodeURIComponent(path), folder).href },
      });
      const origin = { kind: 'url', url: folder } as const;
      const parts = new URL(folder).pathname.split('/').filter(Boolean);
      const name = decodeURIComponent(parts.at(-1) ?? '') || hostOf(folder);
      // The key includes what is found there, so that another file at the same address does not reuse old pieces.
      const common = { origin, name, where: folder, id: null, key: `url:${folder}${weights ?? ''}` };
      // A folder has no listing, so the small manifest is tried first.
      const manifest = weights ? false : await exists(at('manifest.json'), signal);
      const files = manifest ? [at('manifest.json')] : [at('config.json'), at(weights ?? WEIGHTS)];
      return { ...common, files };
    }
    case 'files': {
      const files = (await withoutPickles(source.files, signal)).map(({ name, content }) => ({
        path: name,
        bytes: content.size,
        sha256: null,
        from: { blob: content },
      }));
      const stem = files.find(({ path }) => /\.safetensors$/i.test(path))?.path.replace(/\.\w+$/, '') ?? '';
      // The key includes what the files hold, so that the same files resume where they stopped.
      const key = 'files:';
      const where = files.length === 1 ? `the file ${files[0]!.path}` : `these ${files.length} files`;
      return { origin: { kind: 'files' }, name: stem === 'model' ? '' : stem, where, id: null, key, files };
    }
  }
}

/** The visitor's files, those of PyTorch as safetensors: whatever they are called, their beginning tells. */
async function withoutPickles(
  files: readonly GivenFile[],
  signal?: AbortSignal,
): Promise<readonly GivenFile[]> {
  return await Promise.all(
    files.map(async ({ name, content }) => {
      if (!PICKLE.test(name) && !/\.safetensors$/i.test(name)) return { name, content };
      const start = new Uint8Array(await readBlob(content.slice(0, TORCH_SIGNATURE), name));
      if (!isTorchFile(start)) return { name, content };
      return {
        name: name.replace(/\.\w+$/, '.safetensors'),
        content: await torchAsSafetensors(content, name, signal),
      };
    }),
  );
}

async function exists(file: ListedFile, signal?: AbortSignal): Promise<boolean> {
  return readStart(file, 1, signal).then(
    () => true,
    () => {
      if (signal?.aborted) throw signal.reason;
      return false;
    },
  );
}

async function inspectTensors(
  found: Found,
  { config, weights }: Extract<ChosenFiles, { format: 'safetensors' }>,
  signal?: AbortSignal,
): Promise<CheckpointPlan> {
  const start = await readTensorHeader(weights, signal);
  const text = config ? await readText(config, signal) : textOfConfig(start.tensors, weights.path);
  const { family, description, parameters, multiplications } = buildModel({
    name: found.name || 'This checkpoint',
    config: parseConfig(text),
    tensors: start.tensors,
    path: WEIGHTS,
    // Of the two, the slower device's work: seconds matter there.
    onProcessor: true,
  });
  const { image, tokens } = description;
  const name = found.name || `${family} ${image.width}, ${tokens.count} tokens`;
  const { origin, id, key } = found;
  // The files of a commit never change.
  const file = planned({ ...weights, bytes: start.length }, origin.kind === 'hub' ? null : start.modified);
  const keys = {
    hub: async () => key,
    url: async () => `${key} ${sha256Of(start.bytes)} ${start.modified}`,
    files: async () => key + (await fingerprint(text, weights)),
  };
  const facts = { name, origin, family, image, tokens, parameters, multiplications, config: text };
  const header = start.bytes.slice(0, headerLength(start.bytes, weights.path));
  return {
    ...facts,
    format: 'safetensors',
    precision: 'full',
    bytes: start.length,
    header,
    halfBytes: planHalf(header, start.length, weights.path)?.bytes ?? null,
    id,
    key: await keys[origin.kind](),
    files: [{ ...file, path: WEIGHTS }],
  };
}

/** @throws TokenoscopeError `checkpoint-refused` where the shapes of tensors do not tell what they are */
function textOfConfig(tensors: ReadonlyMap<string, StoredTensor>, path: string): string {
  const config = impliedConfig(tensors);
  if (config) return JSON.stringify(config, null, 1);
  throw new TokenoscopeError(
    'checkpoint-refused',
    `There is no config.json beside ${path}, and its tensors alone do not tell what they are of.`,
    'Give the config.json of the same model with it.',
  );
}

async function readTensorHeader(
  file: ListedFile,
  signal?: AbortSignal,
): Promise<FileStart & { readonly length: number; readonly tensors: ReadonlyMap<string, StoredTensor> }> {
  let start = await readStart(file, FIRST_READ, signal);
  refuseOtherWeights(start.bytes, file.path);
  const wanted = headerLength(start.bytes, file.path);
  if (wanted > start.bytes.length && wanted <= (start.length ?? wanted)) {
    start = await readStart(file, wanted, signal);
  }
  const tensors = readHeader(start.bytes, start.length ?? Number.MAX_SAFE_INTEGER, file.path);
  const end = [...tensors.values()].reduce(
    (most, { offset, length }) => Math.max(most, offset + length),
    wanted,
  );
  return { ...start, length: start.length ?? end, tensors };
}

/**
 * Identifies files from disk without reading all of them: the config, the length, and samples from all of
 * the weights. Pieces stored under it are compared with the files before they are resumed.
 */
async function fingerprint(config: string, { path, from }: ListedFile): Promise<string> {
  if (!('blob' in from)) return '';
  const { blob } = from;
  const step = Math.max(SAMPLE_BYTES, Math.ceil(blob.size / SAMPLES));
  const parts: Blob[] = [new Blob([`${config} ${blob.size} `])];
  for (let at = 0; at < blob.size; at += step) parts.push(blob.slice(at, at + SAMPLE_BYTES));
  parts.push(blob.slice(-SAMPLE_BYTES));
  return sha256Of(new Uint8Array(await readBlob(new Blob(parts), path)));
}

async function inspectGraphs(
  found: Found,
  listed: ListedFile,
  signal?: AbortSignal,
): Promise<CheckpointPlan> {
  const text = await readText(listed, signal);
  const manifest = parseManifest(text, 'manifest.json');
  const named = [...runningFiles(manifest), ...(manifest.golden ? [manifest.golden] : [])];
  const files = await Promise.all(
    named.map(async (entry): Promise<PlannedFile> => {
      const { path, bytes, sha256 } = entry;
      const names = namesOf(entry);
      const file =
        found.origin.kind === 'url'
          ? await addressed(listed, entry, signal)
          : found.files.find((one) => names.includes(one.path));
      if (!file) {
        throw new TokenoscopeError(
          'checkpoint-refused',
          `manifest.json names ${path}, which ${found.where} does not have.`,
          'Give all files that it names, together.',
        );
      }
      if (file.bytes !== undefined && file.bytes !== bytes) {
        throw new TokenoscopeError(
          'model-corrupt',
          `${path} has ${file.bytes} bytes; manifest.json says ${bytes}.`,
          'Export the model again, or get its files again.',
        );
      }
      return { ...planned({ ...file, path, bytes }, null), sha256 };
    }),
  );
  const { label, family, image, tokens, sampler, parameters = null, decodeMflop } = manifest;
  const decode = (decodeMflop ?? 0) * 5e5;
  const facts: CheckpointFacts = {
    name: label,
    origin: found.origin,
    format: 'onnx',
    family,
    image,
    tokens,
    sampler,
    parameters,
    multiplications: decodeMflop === undefined ? null : { encode: decode, decode },
    precision: 'full',
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    config: text,
  };
  // The manifest holds the sha256 of every file, so its own sha256 identifies them all.
  const id = found.id ?? fileCheckpointId(sha256Of(new TextEncoder().encode(text)));
  const key =
    found.origin.kind === 'hub' ? found.key : `${found.key}${found.origin.kind === 'url' ? ' ' : ''}${id}`;
  return { ...facts, id, key, files, header: null, halfBytes: null };
}

/** Where a manifest's file can be fetched: in the folder of shared files, or beside the manifest. */
async function addressed(
  manifest: ListedFile,
  file: ManifestFile,
  signal?: AbortSignal,
): Promise<ListedFile> {
  const at = (address: string): ListedFile => ({
    path: file.path,
    bytes: undefined,
    sha256: null,
    from: { url: 'url' in manifest.from ? new URL(address, manifest.from.url).href : '' },
  });
  const shared = file.from && at(addressOf(file));
  return shared && (await exists(shared, signal)) ? shared : at(encodeURIComponent(file.path));
}

function planned({ path, bytes = 0, sha256, from }: ListedFile, modified: string | null): PlannedFile {
  return { path, bytes, sha256, from: 'url' in from ? { url: from.url, modified } : from };
}

async function readText(file: ListedFile, signal?: AbortSignal): Promise<string> {
  if ('url' in file.from) return askText(file.from.url, file.path, signal, CONFIG_LIMIT);
  return new TextDecoder().decode(await readBlob(file.from.blob.slice(0, CONFIG_LIMIT), file.path));
}

/** @throws TokenoscopeError `model-corrupt` */
export function parseConfig(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new TokenoscopeError(
      'model-corrupt',
      `config.json is not JSON: ${error instanceof Error ? error.message : error}.`,
      'Get the file again, and check that it is complete.',
    );
  }
}
