import { TokenoscopeError, throwIfAborted } from '../../core/errors';
import { fileCheckpointId } from '../../core/image/checkpoint-id';
import { beginCheckpoint, finishCheckpoint, isKept, removeUnfinished } from '../storage/checkpoint-store';
import { sha256Of } from './content-hash';
import { asSafetensors, halved, readLoose } from './conversion';
import { downloadFile } from './download';
import { openParts } from './file-parts';
import { type HalfFile, planHalf } from './half-file';
import { findNaN, refuseNaN } from './not-a-number';
import { type Keeping, keptPieces, type StoredSink } from './piece-sinks';
import {
  type CheckpointPlan,
  downloadBytes,
  fullBytes,
  isPart,
  nameOf,
  type PlannedFile,
  type StoredCheckpoint,
  type StoredFile,
} from './plan';
import { readHeader } from './safetensors';
import type { KeepProgress } from './weights.api';

/**
 * Stores a checkpoint in this browser: every file in pieces, each hashed and looked at as it comes and checked by its sha256
 * where that is known, and the record last. If it is interrupted, no record is written, and a later call resumes.
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
    let [come, kept] = [0, 0];
    const files: StoredFile[] = [];
    for (const file of plan.files) {
      const sink = await sinkOf(plan, file, kept, signal);
      await bring(plan, sink, file, signal, (loaded) =>
        onProgress({ loaded: come + loaded, total: downloadBytes(plan) }),
      );
      const stored = await check(plan, file, sink);
      come += file.bytes;
      kept += stored.bytes;
      files.push(stored);
    }
    throwIfAborted(signal);
    const content = [sha256Of(new TextEncoder().encode(plan.config)), ...files.map(({ sha256 }) => sha256)];
    const {
      files: _files,
      header: _header,
      halfBytes: _halfBytes,
      choice: _choice,
      states: _states,
      ...facts
    } = plan;
    const id = plan.id ?? fileCheckpointId(sha256Of(new TextEncoder().encode(content.join())));
    const record: StoredCheckpoint = { ...facts, id, files, added: Date.now() };
    await finishCheckpoint(record);
    return record;
  });
}

/** @param kept bytes of the files before this one, as they are kept */
async function sinkOf(
  plan: CheckpointPlan,
  file: PlannedFile,
  kept: number,
  signal: AbortSignal,
): Promise<StoredSink> {
  const { key, header } = plan;
  const { path, layout, from, bytes } = file;
  const half = halfOf(plan);
  const keeping = { key, path, look: lookForNaN(plan, file, kept) };
  if (!layout || !header) return keptPieces({ ...keeping, conversion: half });
  const before = plan.files.slice(0, plan.files.indexOf(file));
  const start = before.reduce(
    (sum, one) => sum + (one.layout?.bytes ?? 0),
    before.length > 0 ? header.length : 0,
  );
  const listed = { path: layout.name, bytes, sha256: null, from };
  const loose =
    layout.loose.length > 0 ? await readLoose(layout, (await openParts(listed, signal)).readAt, signal) : [];
  const whole = asSafetensors(layout, start === 0 ? header : new Uint8Array(0), loose);
  return keptPieces({ ...keeping, conversion: half ? halved(whole, half, start) : whole });
}

/** Refuses weights with a NaN. @param kept bytes of the files before this one, as they are kept */
function lookForNaN(plan: CheckpointPlan, file: PlannedFile, kept: number): Keeping['look'] {
  const { header, bytes, name } = plan;
  if (!header || !isPart(file.path)) return () => {};
  const half = halfOf(plan);
  const tensors = readHeader(half ? half.convert(0, header) : header, bytes, name);
  return (part, at) => {
    const blank = findNaN(tensors, kept + at, part);
    if (blank !== undefined) throw refuseNaN(nameOf(file), blank);
  };
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

/** Compares what has come with what was announced. @throws TokenoscopeError `model-corrupt` */
async function check(plan: CheckpointPlan, file: PlannedFile, sink: StoredSink): Promise<StoredFile> {
  const { sha256, length, kept } = sink.sum();
  if (length === file.bytes && sha256 === (file.sha256 ?? sha256))
    return { path: file.path, bytes: kept, sha256 };
  await removeUnfinished(plan.key);
  const name = nameOf(file);
  throw new TokenoscopeError(
    'model-corrupt',
    length === file.bytes
      ? `${name} does not have the content that was announced (sha256 differs).`
      : `${name} has ${length} bytes instead of ${file.bytes}.`,
    'It was deleted. Download it again; if that does not help, the server has a damaged copy.',
  );
}

function unreadable(path: string, cause: unknown): TokenoscopeError {
  return new TokenoscopeError(
    'file-unreadable',
    `${path} could not be read to its end.`,
    'It may have been moved or changed since it was chosen. Choose it again.',
    { cause },
  );
}
