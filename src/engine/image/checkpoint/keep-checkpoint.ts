import { TokenoscopeError, throwIfAborted } from '../../../core/errors';
import { fileCheckpointId } from '../../../core/image/checkpoint-id';
import type { KeepProgress } from './api';
import {
  beginCheckpoint,
  clearPieces,
  countPieces,
  finishCheckpoint,
  putPiece,
  readPieces,
  removeUnfinished,
} from './checkpoint-store';
import { sha256Of, sha256OfBlobs } from './content-hash';
import { downloadFile, PIECE_BYTES, type PieceSink } from './download';
import type { CheckpointPlan, PlannedFile, StoredCheckpoint } from './plan';

/**
 * Brings a checkpoint into this browser: every file in pieces, each file checked by its sha256 where that is
 * known, and the record last. Whatever stops it on the way, no record is written, and a later call goes on.
 * @throws TokenoscopeError `model-fetch`, `model-corrupt`, `storage-full`, `storage-refused`, `file-unreadable`,
 *   `aborted`
 */
export async function keepCheckpoint(
  plan: CheckpointPlan,
  signal: AbortSignal,
  onProgress: (progress: KeepProgress) => void,
): Promise<StoredCheckpoint> {
  return alone(plan, async () => {
    await beginCheckpoint(plan);
    const { bytes: total } = plan;
    let before = 0;
    for (const file of plan.files) {
      await bring(plan.key, file, signal, (loaded) =>
        onProgress({ phase: 'download', loaded: before + loaded, total }),
      );
      before += file.bytes;
    }
    before = 0;
    const files: { path: string; bytes: number; sha256: string }[] = [];
    for (const file of plan.files) {
      const sha256 = await check(plan.key, file, signal, (read) =>
        onProgress({ phase: 'check', loaded: before + read, total }),
      );
      before += file.bytes;
      files.push({ path: file.path, bytes: file.bytes, sha256 });
    }
    throwIfAborted(signal);
    const content = [sha256Of(new TextEncoder().encode(plan.config)), ...files.map(({ sha256 }) => sha256)];
    const { files: _, ...facts } = plan;
    const id = plan.id ?? fileCheckpointId(sha256Of(new TextEncoder().encode(content.join())));
    const record: StoredCheckpoint = { ...facts, id, files, added: Date.now() };
    await finishCheckpoint(record);
    return record;
  });
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
  key: string,
  file: PlannedFile,
  signal: AbortSignal,
  onBytes: (loaded: number) => void,
): Promise<void> {
  const { from, path } = file;
  const sink: PieceSink = {
    count: () => countPieces(key, path),
    put: (index, piece) => putPiece(key, path, index, piece),
    clear: () => clearPieces(key, path),
  };
  if ('url' in from) {
    await downloadFile({ ...file, from }, sink, signal, onBytes);
    return;
  }
  await sink.clear();
  for (let at = 0, index = 0; at < file.bytes; at += PIECE_BYTES, index++) {
    throwIfAborted(signal);
    // Copied: what the file becomes on the visitor's disk must not matter any more.
    const bytes = await from.blob
      .slice(at, at + PIECE_BYTES)
      .arrayBuffer()
      .catch((cause: unknown) => {
        throw unreadable(path, cause);
      });
    await sink.put(index, new Blob([bytes]));
    onBytes(Math.min(file.bytes, at + PIECE_BYTES));
  }
}

async function check(
  key: string,
  file: PlannedFile,
  signal: AbortSignal,
  onBytes: (read: number) => void,
): Promise<string> {
  const pieces = await readPieces(key, file.path);
  const length = pieces.reduce((sum, { size }) => sum + size, 0);
  const sha256 = await sha256OfBlobs(pieces, signal, onBytes);
  if (length === file.bytes && sha256 === (file.sha256 ?? sha256)) return sha256;
  await removeUnfinished(key);
  throw new TokenoscopeError(
    'model-corrupt',
    length === file.bytes
      ? `${file.path} does not have the content that was announced (sha256 differs).`
      : `${file.path} has ${length} bytes instead of ${file.bytes}.`,
    'It was thrown away. Download it again; where that does not help, its server holds a damaged copy.',
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
