import { TokenoscopeError } from '../../core/errors';
import { fileCheckpointId } from '../../core/image/checkpoint-id';
import type { ManifestFile } from '../../core/image/manifest-file';
import { addressOf, namesOf, runningFiles } from '../../core/image/running-files';
import { parseManifest } from '../image/model-store';
import { askText } from './answers';
import { readBlob } from './bytes-source';
import { type ChosenFiles, chooseFiles } from './choose-files';
import { parseConfig, textOfConfig } from './config-text';
import { sha256Of } from './content-hash';
import { buildWithWork } from './figures';
import { type CheckpointSource, exists, type Found, findCheckpointFiles } from './find-checkpoint';
import { concatenate, planHalf } from './half-file';
import type { ListedFile } from './listing';
import { openWeights } from './open-weights';
import { type CheckpointFacts, type CheckpointPlan, type PlannedFile, WEIGHTS } from './plan';

const CONFIG_LIMIT = 2_000_000;
/** How many samples of a file identify it, and how many bytes each has. */
const SAMPLES = 512;
const SAMPLE_BYTES = 4096;

/**
 * Looks at a checkpoint without fetching its weights: its config.json and what names its tensors (the header of
 * safetensors, the pickle in a file of PyTorch), or its manifest.
 * @throws TokenoscopeError `model-fetch`, `model-corrupt`, `checkpoint-refused`, `file-unreadable`
 */
export async function inspectCheckpoint(
  source: CheckpointSource,
  signal?: AbortSignal,
): Promise<CheckpointPlan> {
  const found = await findCheckpointFiles(source, signal);
  const chosen = chooseFiles(found.files, found.where, found.path);
  return chosen.format === 'onnx'
    ? await inspectGraphs(found, chosen.manifest, signal)
    : await inspectTensors(found, chosen, signal);
}

async function inspectTensors(
  found: Found,
  { config, weights, others }: Extract<ChosenFiles, { format: 'safetensors' }>,
  signal?: AbortSignal,
): Promise<CheckpointPlan> {
  const opened = await openWeights(weights, signal);
  const { header, bytes, tensors, files, mark } = opened;
  const where = weights[0]!.path;
  const known = found.origin.kind === 'files' ? nameIn(where) : found.name;
  const text = config ? await readText(config, signal) : textOfConfig(opened, where, found.origin);
  const { family, description, parameters, work } = buildWithWork({
    name: known || 'This checkpoint',
    config: parseConfig(text),
    tensors,
    path: WEIGHTS,
  });
  const { image, tokens, sampler } = description;
  const name = known || `${family} ${image.width}, ${tokens.count / (tokens.numbers ?? 1)} tokens`;
  const { origin, id, key } = found;
  const keys = {
    hub: async () => key,
    url: async () => `${key} ${sha256Of(new TextEncoder().encode(mark))}`,
    files: async () => key + (await fingerprint(text, weights)),
  };
  // Pieces of weights that are made into safetensors fit no other way of making them.
  const isMade = files.some(({ layout }) => layout);
  const made = isMade ? ` ${sha256Of(header).slice(0, 8)}` : '';
  const facts = { name, origin, family, image, tokens, sampler, parameters, ...work, config: text };
  return {
    ...facts,
    format: 'safetensors',
    precision: 'full',
    bytes,
    header,
    halfBytes: planHalf(header, bytes, where)?.bytes ?? null,
    id,
    key: (await keys[origin.kind]()) + made,
    // The files of a commit never change.
    files: origin.kind === 'hub' ? files.map(unchanging) : files,
    ...(others.length > 0
      ? { choice: { taken: weights[0]!.path, others: others.map(({ path }) => path) } }
      : {}),
    ...(opened.states ? { states: opened.states } : {}),
  };
}

/** What every other file of weights is called, too. */
const USUAL = /^(?:(?:diffusion_)?(?:pytorch_)?model|checkpoint|ckpt|weights|ema|best|last|latest|\d+)$/i;

/** The name that a file of weights gives to what it holds; empty where it gives none. */
function nameIn(path: string): string {
  const stem = path.replace(/(?:-\d+-of-\d+)?\.\w+$/, '');
  return USUAL.test(stem) ? '' : stem;
}

function unchanging(file: PlannedFile): PlannedFile {
  return 'url' in file.from ? { ...file, from: { ...file.from, modified: null } } : file;
}

/**
 * Identifies files from disk without reading all of them: the config, the lengths, and samples from all of
 * the weights. Pieces stored under it are compared with the files before they are resumed.
 */
async function fingerprint(config: string, weights: readonly ListedFile[]): Promise<string> {
  const parts: Uint8Array[] = [];
  for (const { from, path } of weights) {
    if (!('blob' in from)) continue;
    const { blob } = from;
    const sample = async (at: number) =>
      parts.push(new Uint8Array(await readBlob(blob.slice(at, at + SAMPLE_BYTES), path)));
    const step = Math.max(SAMPLE_BYTES, Math.ceil(blob.size / SAMPLES));
    parts.push(new TextEncoder().encode(`${config} ${blob.size} `));
    for (let at = 0; at < blob.size; at += step) await sample(at);
    await sample(Math.max(0, blob.size - SAMPLE_BYTES));
  }
  return sha256Of(concatenate(parts));
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
