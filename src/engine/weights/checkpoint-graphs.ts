import { TokenoscopeError } from '../../core/errors';
import type { BuiltModel } from '../families/checkpoint';
import { buildModel } from '../families/families';
import type { ModelGraphs } from '../image/model';
import type { CheckpointFiles } from './checkpoint-files';
import { parseConfig, textOfConfig } from './config-text';
import { planHalf } from './half-file';
import type { ListedFile, ReadableFile } from './listing';
import { findNaN, refuseNaN } from './not-a-number';
import { type OpenedWeights, openWeights } from './open-weights';
import { type Precision, WEIGHTS } from './plan';
import { headerLength, readHeader } from './safetensors';
import { readWholeWeights } from './whole-weights';

/** How a checkpoint is opened. */
export interface HowOpened {
  /** `half` rounds matrices to 16 bits, as the page can. */
  readonly precision?: Precision | undefined;
  /** Whether the graphs are for WASM or Node, not for WebGPU; they are by default. */
  readonly onProcessor?: boolean | undefined;
}

/**
 * Builds the graphs of a checkpoint in memory, ready to be opened.
 * @throws TokenoscopeError `model-corrupt`; `checkpoint-refused` where half precision is impossible
 */
export async function graphsOfCheckpoint(
  { name, config, weights }: CheckpointFiles,
  how: HowOpened = {},
): Promise<ModelGraphs> {
  const file = { path: WEIGHTS, bytes: weights.length, sha256: null, from: { blob: inMemory(weights) } };
  return graphsOfFiles({ name, config, weights: [file], bytes: weights }, how);
}

/** A checkpoint whose weights can be read. */
interface ReadableCheckpoint extends Pick<CheckpointFiles, 'name' | 'config'> {
  /** Called as messages should call them. */
  readonly weights: readonly ListedFile[];
  /** All of them, where they are in memory already. */
  readonly bytes?: Uint8Array | undefined;
}

/**
 * The same of files of weights that are here: safetensors or files of PyTorch, which are read as data.
 * @throws TokenoscopeError as `graphsOfCheckpoint`, and `file-unreadable`
 */
export async function graphsOfFiles(
  { name, config, weights, bytes }: ReadableCheckpoint,
  { precision = 'full', onProcessor = true }: HowOpened,
): Promise<ModelGraphs> {
  const opened = await openWeights(weights);
  const where = weights[0]!.path;
  const known = { name, config: config ?? configOf(opened, where), path: WEIGHTS, onProcessor };
  // Before gigabytes are read.
  const built = buildModel({ ...known, tensors: opened.tensors });
  const half = precision === 'half' ? planHalf(opened.header, opened.bytes, where) : undefined;
  if (half === null) {
    throw new TokenoscopeError(
      'checkpoint-refused',
      `${where} holds nothing that half precision would make smaller.`,
      'Run it as it is.',
    );
  }
  const isWhole = bytes !== undefined && !half && !opened.files[0]?.layout;
  const whole = isWhole ? bytes : await readWholeWeights(opened, { half });
  const tensors = half
    ? readHeader(whole.subarray(0, headerLength(whole, where)), whole.length, where)
    : opened.tensors;
  const blank = findNaN(tensors, 0, whole);
  if (blank !== undefined) throw refuseNaN(where, blank);
  return withWeights(half ? buildModel({ ...known, tensors }) : built, whole);
}

/** The config of weights that come without one. @throws TokenoscopeError `checkpoint-refused` */
export function configOf(opened: OpenedWeights, where: string): unknown {
  return parseConfig(textOfConfig(opened, where, { kind: 'files' }));
}

/** Bytes as a file of which parts can be read. */
function inMemory(bytes: Uint8Array): ReadableFile {
  return {
    size: bytes.length,
    slice: (from, to) => ({ arrayBuffer: async () => bytes.slice(from, to).buffer as ArrayBuffer }),
  };
}

function withWeights(
  { description, encoder, decoder, begin, flow }: BuiltModel,
  bytes: Uint8Array,
): ModelGraphs {
  return { manifest: description, encoder, decoder, begin, flow, data: [{ path: WEIGHTS, bytes }] };
}
