import { TokenoscopeError, throwIfAborted } from '../../core/errors';
import { fileCheckpointId } from '../../core/image/checkpoint-id';
import {
  beginCheckpoint,
  finishCheckpoint,
  isKept,
  readDigests,
  readPieces,
  removeUnfinished,
} from '../storage/checkpoint-store';
import { sha256Of, sha256OfBlobs } from './content-hash';
import { asSafetensors, halved, readLoose } from './conversion';
import { downloadFile } from './download';
import { openParts } from './file-parts';
import { type HalfFile, planHalf } from './half-file';
import { findNaN, refuseNaN } from './not-a-number';
import { convertedPieces, type StoredSink, storedPieces } from './piece-sinks';
import {
  type CheckpointPlan,
  downloadBytes,
  fullBytes,
  isPart,
  nameOf,
  type PlannedFile,
  type StoredCheckpoint,
  type StoredFile,
  WEIGHTS,
} from './plan';
import { RunningHash } from './running-hash';
import { headerLength, readHeader, type StoredTensor } from './safetensors';
import type { KeepProgress } from './weights.api';

/**
 * Stores a checkpoint in this browser: every file in pieces, each file checked by its sha256 where that is
 * known, and the record last. If it is interrupted, no record is written, and a later call resumes.
 * @throws TokenoscopeError `model-fetch`, `model-corrupt`, `storage-full`, `storage-refused`, `file-unreadable`,
 *   `aborted`; `checkpoint-refused` where half precision cannot hold it
 */
export async function keepCheckpoint(
  plan: CheckpointPlan,
  signal: AbortSignal,
  onProgress: (progress: KeepProgress) => void,
): Promise<StoredCheckpoint> {
  return alone(plan, async () => {
    await beginCheckpoint(plan);
    let before = 0;
    for (const file of plan.files) {
      await bring(plan, await sinkOf(plan, file, signal), file, signal, (loaded) =>
        onProgress({ phase: 'download', loaded: before + loaded, total: downloadBytes(plan) }),
      );
      before += file.bytes;
    }
    before = 0;
    const files: StoredFile[] = [];
    for (const file of plan.files) {
      const kept = await check(plan, file, before, signal, (read) =>
        onProgress({ phase: 'check', loaded: before + read, total: plan.bytes }),
      );
      before += kept.bytes;
      files.push(kept);
    }
    throwIfAborted(signal);
    const content = [sha256Of(new TextEncoder().encode(plan.config)), ...files.map(({ sha256 }) => sha256)];
    const { files: _files, header: _header, halfBytes: _halfBytes, ...facts } = plan;
    const id = plan.id ?? fileCheckpointId(sha256Of(new TextEncoder().encode(content.join())));
    const record: StoredCheckpoint = { ...facts, id, files, added: Date.now() };
    await finishCheckpoint(record);
    return record;
  });
}

async function sinkOf(plan: CheckpointPlan, file: PlannedFile, signal: AbortSignal): Promise<StoredSink> {
  const { key, header } = plan;
  const { path, layout, from, bytes } = file;
  const half = halfOf(plan);
  if (!layout || !header) return half ? convertedPieces(key, path, half) : storedPieces(key, path);
  const before = plan.files.slice(0, plan.files.indexOf(file));
  const start = before.reduce(
    (sum, one) => sum + (one.layout?.bytes ?? 0),
    before.length > 0 ? header.length : 0,
  );
  const listed = { path: layout.name, bytes, sha256: null, from };
  const loose =
    layout.loose.length > 0 ? await readLoose(layout, (await openParts(listed, signal)).readAt, signal) : [];
  const whole = asSafetensors(layout, start === 0 ? header : new Uint8Array(0), loose);
  return convertedPieces(key, path, half ? halved(whole, half, start) : whole);
}

/** The conversion of the whole file of the weights to half precision; undefined where it is kept in full. */
function halfOf(plan: CheckpointPlan): HalfFile | undefined {
  const { precision, header, name } = plan;
  if (precision === 'full') return undefined;
  const half = header && planHalf(header, fullBytes(plan), name);
  if (half) return half;
  throw new TokenoscopeError(
    'checkpoint-refused',
    `${name} holds nothing that half precision would make smaller.`,
    'Keep it in full precision.',
  );
}

/** Two tabs must not write the same pieces. */
async function alone<T>(plan: CheckpointPlan, work: () => Promise<T>): Promise<T> {
  if (!navigator.locks) return work();
  return navigator.locks.request(`tokenoscope-checkpoint ${plan.key}`, { ifAvailable: true }, (lock) => {
    if (lock) return work();
    throw new TokenoscopeError(
      'checkpoint-refused',
      `${plan.name} is being downloaded in another tab.`,
      'Wait for that tab, or stop it there.',
    );
  });
}

async function bring(
  plan: CheckpointPlan,
  sink: StoredSink,
  file: PlannedFile,
  signal: AbortSignal,
  onBytes: (loaded: number) => void,
): Promise<void> {
  const { from, bytes: length } = file;
  if ('url' in from) {
    await downloadFile({ ...file, from }, sink, signal, onBytes);
    return;
  }
  let stored = await sink.count();
  for (let at = 0, index = 0; at < length; index++) {
    throwIfAborted(signal);
    const end = Math.min(sink.start(index + 1), length);
    // A copy, so that later changes to the file on the visitor's disk do not matter.
    const bytes = await from.blob
      .slice(at, end)
      .arrayBuffer()
      .catch((cause: unknown) => {
        throw unreadable(nameOf(file), cause);
      });
    const piece = new Uint8Array(bytes);
    if (index < stored && (await sink.holds(index, piece))) {
      at = end; // from an earlier try with the same file
    } else if (index < stored) {
      // The stored pieces are of another file: start again.
      if (await isKept(plan.key)) throw tooLike(plan);
      await sink.clear();
      [stored, at, index] = [0, 0, -1];
    } else {
      await sink.put(index, piece);
      at = end;
    }
    onBytes(at);
  }
}

function tooLike({ name }: CheckpointPlan): TokenoscopeError {
  return new TokenoscopeError(
    'checkpoint-refused',
    `${name} is nearly the same as a checkpoint that is on this device.`,
    'Delete that one first, and add this one again.',
  );
}

/**
 * Reads back what was stored. Converted files are compared with what was written.
 * @param before bytes of the parts of the weights before this one
 */
async function check(
  plan: CheckpointPlan,
  file: PlannedFile,
  before: number,
  signal: AbortSignal,
  onBytes: (read: number) => void,
): Promise<StoredFile> {
  const { key } = plan;
  const { path } = file;
  const name = nameOf(file);
  const pieces = await readPieces(key, path);
  const bytes = pieces.reduce((sum, { size }) => sum + size, 0);
  const made = file.layout ? tensorsMade(plan) : undefined;
  let tensors = made ?? new Map<string, StoredTensor>();
  const isConverted = plan.precision === 'half' || file.layout !== undefined;
  const digests = isConverted ? await readDigests(key, path) : undefined;
  const read = await sha256OfBlobs(pieces, digests !== undefined, signal, onBytes, async (part, at) => {
    if (!isPart(path)) return;
    if (at === 0 && !made) tensors = tensorsOf(part, bytes);
    const blank = findNaN(tensors, (made ? before : 0) + at, part);
    if (blank === undefined) return;
    if (!(await isKept(key))) await removeUnfinished(key);
    throw refuseNaN(name, blank);
  });
  const source = digests && RunningHash.from(digests.source);
  const length = source ? digests.source.length : bytes;
  const sha256 = source ? source.hex() : read;
  const isWhole = !digests || RunningHash.from(digests.pieces).hex() === read;
  if (isWhole && length === file.bytes && sha256 === (file.sha256 ?? sha256)) return { path, bytes, sha256 };
  await removeUnfinished(key);
  throw new TokenoscopeError(
    'model-corrupt',
    !isWhole
      ? `${name} did not come back from this browser's storage as it was written.`
      : length === file.bytes
        ? `${name} does not have the content that was announced (sha256 differs).`
        : `${name} has ${length} bytes instead of ${file.bytes}.`,
    'It was deleted. Download it again; if that does not help, the server has a damaged copy.',
  );
}

/** The tensors of weights that are made of other files, as they are kept. */
function tensorsMade(plan: CheckpointPlan): ReadonlyMap<string, StoredTensor> {
  const header = plan.header ?? new Uint8Array(0);
  const half = halfOf(plan);
  return readHeader(half ? half.convert(0, header) : header, plan.bytes, plan.name);
}

/** None if the header is longer than the first piece; it is then read when the file is opened. */
function tensorsOf(start: Uint8Array, fileLength: number): ReadonlyMap<string, StoredTensor> {
  const length = headerLength(start, WEIGHTS);
  return length <= start.length ? readHeader(start.subarray(0, length), fileLength, WEIGHTS) : new Map();
}

function unreadable(path: string, cause: unknown): TokenoscopeError {
  return new TokenoscopeError(
    'file-unreadable',
    `${path} could not be read to its end.`,
    'It may have been moved or changed since it was chosen. Choose it again.',
    { cause },
  );
}
