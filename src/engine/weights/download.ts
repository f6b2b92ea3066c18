import { isAborted, TokenoscopeError, throwIfAborted } from '../../core/errors';
import { ask } from './answers';
import { nameOf, type PlannedFile } from './plan';

/** Bytes stored at a time, which is also the most that a broken connection or a reload loses. */
export const PIECE_BYTES = 4 * 2 ** 20;

/** Attempts in a row without progress before a download fails. */
const ATTEMPTS = 4;
const FIRST_PAUSE_MS = 400;

/** Stores the pieces of one file, in order. */
export interface PieceSink {
  /** How many are stored already. */
  count(): Promise<number>;
  /** Where in the file a piece begins: at about `index` times `PIECE_BYTES`. */
  start(index: number): number;
  /** @throws TokenoscopeError `storage-full` */
  put(index: number, piece: Uint8Array<ArrayBuffer>): Promise<void>;
  clear(): Promise<void>;
}

type RemoteFile = PlannedFile & { readonly from: { readonly url: string; readonly modified: string | null } };

/**
 * Downloads a file into a sink, from where an earlier download stopped. A broken connection is resumed; for a
 * server without ranges, or a file that has changed since, the download starts again.
 * @param onBytes called with how many bytes there are so far
 * @throws TokenoscopeError `model-fetch`, `model-corrupt`, `storage-full`, `aborted`
 */
export async function downloadFile(
  file: RemoteFile,
  sink: PieceSink,
  signal: AbortSignal | undefined,
  onBytes: (loaded: number) => void,
): Promise<void> {
  let best = -1;
  for (let failures = 0; ; ) {
    throwIfAborted(signal);
    const count = await sink.count();
    const before = Math.min(sink.start(count), file.bytes);
    onBytes(before);
    if (before >= file.bytes) return;
    try {
      await stream(file, sink, count, signal, onBytes);
      return;
    } catch (error) {
      if (isAborted(error)) throw error;
      if (!(error instanceof Broken)) throw error;
      failures = error.loaded > best ? 1 : failures + 1;
      best = Math.max(best, error.loaded);
      if (failures >= ATTEMPTS) throw explain(file, error);
      await pause(FIRST_PAUSE_MS * 2 ** failures, signal);
    }
  }
}

/** The connection ended before the file did. */
class Broken extends Error {
  readonly loaded: number;
  constructor(loaded: number, cause: unknown) {
    super('broken', { cause });
    this.loaded = loaded;
  }
}

async function stream(
  file: RemoteFile,
  sink: PieceSink,
  count: number,
  signal: AbortSignal | undefined,
  onBytes: (loaded: number) => void,
): Promise<void> {
  const { url, modified } = file.from;
  const stored = sink.start(count);
  const response = await open(url, nameOf(file), stored, signal);
  const now = response.headers.get('last-modified');
  const goesOn =
    stored > 0 && response.status === 206 && startsAt(response, stored) && (!modified || now === modified);
  let loaded = stored;
  let index = count;
  if (stored > 0 && !goesOn) {
    await sink.clear();
    loaded = 0;
    index = 0;
    if (response.status === 206) {
      await response.body?.cancel().catch(() => {});
      throw new Broken(0, new Error('The file has changed.'));
    }
  }
  const reader = response.body!.getReader();
  const nextPiece = () => new Uint8Array(Math.min(sink.start(index + 1), file.bytes) - loaded);
  let piece = nextPiece();
  let filled = 0;
  try {
    while (loaded < file.bytes || filled > 0) {
      const { done, value } = await read(reader, loaded, signal);
      if (done) throw new Broken(loaded, undefined);
      for (let at = 0; at < value.length; ) {
        if (piece.length === 0) return await refuseRest(file, sink);
        const some = value.subarray(at, at + piece.length - filled);
        piece.set(some, filled);
        filled += some.length;
        at += some.length;
        loaded += some.length;
        if (filled < piece.length) continue;
        await sink.put(index++, piece);
        piece = nextPiece();
        filled = 0;
      }
      onBytes(loaded);
    }
    const { done } = await read(reader, loaded, signal);
    if (!done) await refuseRest(file, sink);
  } finally {
    // Whatever stopped it (a full disk, for example), the rest is not needed; at the end this does nothing.
    await reader.cancel().catch(() => {});
  }
}

async function refuseRest(file: RemoteFile, sink: PieceSink): Promise<void> {
  await sink.clear();
  throw tooLong(file);
}

async function open(url: string, what: string, from: number, signal?: AbortSignal): Promise<Response> {
  try {
    return await ask(url, what, signal, from > 0 ? { from } : undefined);
  } catch (error) {
    // Only a missing answer is a broken connection; a refusal is an answer.
    if (error instanceof TokenoscopeError && error.cause !== undefined) throw new Broken(from, error);
    throw error;
  }
}

async function read(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  loaded: number,
  signal: AbortSignal | undefined,
): Promise<ReadableStreamReadResult<Uint8Array>> {
  try {
    return await reader.read();
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Broken(loaded, error);
  }
}

/** Servers may hide `Content-Range` from other sites' pages; then only the status is checked. */
function startsAt(response: Response, from: number): boolean {
  const range = response.headers.get('content-range');
  return range === null || range.startsWith(`bytes ${from}-`);
}

function tooLong(file: RemoteFile): TokenoscopeError {
  return new TokenoscopeError(
    'model-corrupt',
    `${nameOf(file)} is longer than the ${file.bytes.toLocaleString('en')} bytes that were announced.`,
    'It may have changed meanwhile: look it up again.',
  );
}

function explain(file: RemoteFile, { loaded, cause }: Broken): TokenoscopeError {
  const { bytes, from } = file;
  if (cause instanceof TokenoscopeError && loaded === 0) return cause;
  const megabytes = (value: number) => `${(value / 1e6).toFixed(1)} MB`;
  return new TokenoscopeError(
    'model-fetch',
    `The connection to ${new URL(from.url).host} broke at ${megabytes(loaded)} of ${megabytes(bytes)} of ${nameOf(file)}.`,
    'What has arrived is kept: resume when the connection is back.',
  );
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
