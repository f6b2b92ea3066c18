import { TokenoscopeError } from '../../core/errors';
import { type FileStart, readStart } from './bytes-source';
import { sha256Of } from './content-hash';
import { openParts } from './file-parts';
import { type PublishedFile, planLayouts } from './layout';
import type { ListedFile } from './listing';
import { refuseOtherWeights } from './other-weights';
import { type PlannedFile, partPath } from './plan';
import {
  headerLength,
  readHeader,
  readMetadata,
  readTensors,
  type StoredTensor,
  type TypedTensor,
} from './safetensors';
import { networkOf, placesOf, statesOf } from './torch/network';
import { isTorchFile, readTorchFile, stateDicts } from './torch/torch-file';
import { PICKLE } from './weights-names';

/** Weights as they will be kept: one safetensors file, whatever they are published as. */
export interface OpenedWeights {
  /** Of that file, with its length. */
  readonly header: Uint8Array;
  /** Of that file. */
  readonly bytes: number;
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly files: readonly PlannedFile[];
  /** Differs for files that differ in what was seen of them. */
  readonly mark: string;
  /** Texts that the first file brings along. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Which of several states of the network in the first file was taken (averaged ones before others), and the others. */
  readonly states?: { readonly taken: string; readonly others: readonly string[] } | undefined;
}

/** Headers of published checkpoints fit into this, so one request is enough. */
const FIRST_READ = 256 * 1024;
const LAST_READ = 64 * 1024;

/** One of the files, opened. */
interface OpenedFile {
  readonly file: ListedFile;
  readonly length: number;
  readonly modified: string | null;
  readonly published: PublishedFile;
  /** The header of a safetensors file that can be kept as it is. */
  readonly header: Uint8Array | undefined;
  /** What was seen of it. */
  readonly seen: string;
  readonly metadata: OpenedWeights['metadata'];
  readonly states?: OpenedWeights['states'];
}

/**
 * Looks at weights without fetching them: safetensors, or files of PyTorch, which become safetensors as they arrive
 * (layout.ts); in one file or in several.
 * @throws TokenoscopeError `model-fetch`, `model-corrupt`, `checkpoint-refused`, `file-unreadable`
 */
export async function openWeights(
  files: readonly ListedFile[],
  signal?: AbortSignal,
): Promise<OpenedWeights> {
  const opened: OpenedFile[] = [];
  for (const file of files) opened.push(await openFile(file, signal));
  const mark = opened.map(({ seen, modified }) => `${seen} ${modified}`).join(' ');
  const [only] = opened;
  const { metadata = {}, states } = only ?? {};
  if (opened.length === 1 && only?.header) {
    const { header, file, length } = only;
    return {
      header,
      bytes: length,
      tensors: readHeader(header, length, file.path),
      files: [planned(only, partPath(0))],
      mark,
      metadata,
      states,
    };
  }
  const { header, bytes, layouts } = planLayouts(opened.map(({ published }) => published));
  return {
    header,
    bytes,
    tensors: readHeader(header, bytes, opened[0]!.file.path),
    files: opened.map((one, i) => ({ ...planned(one, partPath(i)), layout: layouts[i]! })),
    mark,
    metadata,
    states,
  };
}

function planned({ file, length, modified }: OpenedFile, path: string): PlannedFile {
  const { sha256, from } = file;
  return { path, bytes: length, sha256, from: 'url' in from ? { url: from.url, modified } : from };
}

async function openFile(file: ListedFile, signal?: AbortSignal): Promise<OpenedFile> {
  const start = await readStart(file, FIRST_READ, signal);
  if (isTorchFile(start.bytes)) return await openTorch(file, start, signal);
  refuseOtherWeights(start.bytes, file.path);
  if (PICKLE.test(file.path)) {
    throw new TokenoscopeError(
      'checkpoint-refused',
      `${file.path} begins like no file of PyTorch, whatever its name says.`,
      'Choose the file that holds the weights of the model.',
    );
  }
  return await openSafetensors(file, start, signal);
}

async function openTorch(file: ListedFile, start: FileStart, signal?: AbortSignal): Promise<OpenedFile> {
  const { path } = file;
  const { readAt, length, modified } = await openParts(file, signal, start);
  const torch = await readTorchFile(readAt, length, path);
  const dicts = stateDicts(torch.root);
  const places = await placesOf(torch, networkOf(dicts, path));
  // An archive's directory, at its end, has a checksum of everything in it.
  const isArchive = start.bytes[0] === 0x50;
  const last = isArchive ? await readAt(Math.max(0, length - LAST_READ), LAST_READ) : new Uint8Array(0);
  const seen = `${sha256Of(start.bytes)} ${sha256Of(last)}`;
  const published = { name: path, ...places };
  return {
    file,
    length,
    modified,
    published,
    header: undefined,
    seen,
    metadata: {},
    states: statesOf(dicts),
  };
}

async function openSafetensors(
  file: ListedFile,
  first: FileStart,
  signal?: AbortSignal,
): Promise<OpenedFile> {
  const { path } = file;
  const wanted = headerLength(first.bytes, path);
  const isMore = wanted > first.bytes.length && wanted <= (first.length ?? wanted);
  const start = isMore ? await readStart(file, wanted, signal) : first;
  const tensors = readTensors(start.bytes, start.length ?? Number.MAX_SAFE_INTEGER, path);
  const end = [...tensors.values()].reduce(
    (most, { offset, length }) => Math.max(most, offset + length),
    wanted,
  );
  const header = start.bytes.slice(0, wanted);
  return {
    file,
    length: start.length ?? end,
    modified: start.modified,
    published: {
      name: path,
      tensors: [...tensors].map(publishedTensor),
      known: [{ from: 0, bytes: header }],
    },
    header: [...tensors.values()].every(({ type }) => PLAIN.has(type)) ? header : undefined,
    seen: sha256Of(start.bytes),
    metadata: readMetadata(header),
  };
}

/** Types that are kept as they are. */
const PLAIN: ReadonlySet<string> = new Set(['float32', 'float16', 'int32']);

function publishedTensor([name, { type, dims, offset }]: readonly [string, TypedTensor]) {
  const strides = dims.map((_, d) => dims.slice(d + 1).reduce((product, dim) => product * dim, 1));
  const reach = dims.reduce((product, dim) => product * dim, 1);
  return { name, type, dims, strides, from: offset, reach };
}
