import { TokenoscopeError } from '../../core/errors';
import { ask, hostOf, readUpTo } from './answers';
import { type FileStart, readBlob, readStart } from './bytes-source';
import type { ListedFile } from './listing';
import type { ReadAt } from './torch/zip';

/** Of the beginning and of the end: the directory of an archive and its pickle mostly fit in, so two requests do. */
const EDGE = 256 * 1024;

/** A file of which parts can be read. */
export interface FileParts {
  readonly length: number;
  /** `Last-Modified`; null where there is none. */
  readonly modified: string | null;
  /** @throws TokenoscopeError `model-fetch`, `file-unreadable`; `checkpoint-refused` where a server gives no parts */
  readonly readAt: ReadAt;
}

/**
 * Opens a file to read parts of it, of which those at an address are requested by range.
 * @param start its first bytes, where they were read already
 * @throws TokenoscopeError `model-fetch`; `checkpoint-refused` where a server does not tell how long it is
 */
export async function openParts(
  file: ListedFile,
  signal?: AbortSignal,
  start?: FileStart,
): Promise<FileParts> {
  const { path, from } = file;
  if ('blob' in from) {
    const readAt: ReadAt = async (at, length) =>
      new Uint8Array(await readBlob(from.blob.slice(at, at + length), path));
    return { length: from.blob.size, modified: null, readAt };
  }
  const isEnough = start && (start.bytes.length >= EDGE || start.bytes.length === start.length);
  const first = isEnough ? start : await readStart(file, EDGE, signal);
  const { length, modified } = first;
  if (length === undefined) {
    throw new TokenoscopeError(
      'checkpoint-refused',
      `${hostOf(from.url)} does not tell how long ${path} is.`,
      'Download the file, and drop it here.',
    );
  }
  const edges = [{ at: 0, bytes: first.bytes }];
  const request = async (at: number, size: number) => {
    if (!first.hasParts) throw noParts(from.url, path);
    return await readPart(from.url, path, at, size, signal);
  };
  const readAt: ReadAt = async (at, size) => {
    const wanted = Math.max(0, Math.min(size, length - at));
    const read = () => edges.find((edge) => edge.at <= at && at + wanted <= edge.at + edge.bytes.length);
    const tail = Math.max(0, length - EDGE);
    if (!read() && at >= tail) edges.push({ at: tail, bytes: await request(tail, length - tail) });
    const edge = read();
    return edge ? edge.bytes.subarray(at - edge.at, at - edge.at + wanted) : await request(at, wanted);
  };
  return { length, modified, readAt };
}

/** A part of a file at an address. @throws TokenoscopeError `model-fetch`; `checkpoint-refused` for another answer */
async function readPart(
  url: string,
  path: string,
  at: number,
  length: number,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  if (length === 0) return new Uint8Array(0);
  const response = await ask(url, path, signal, { from: at, to: at + length - 1 });
  if (response.status !== 206) {
    await response.body?.cancel().catch(() => {});
    throw noParts(url, path);
  }
  const bytes = await readUpTo(response, length).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    return new Uint8Array(0);
  });
  if (bytes.length === length) return bytes;
  throw new TokenoscopeError(
    'model-fetch',
    `The connection to ${hostOf(url)} broke while ${path} was looked at.`,
    'Look it up again when the connection is back.',
  );
}

function noParts(url: string, path: string): TokenoscopeError {
  return new TokenoscopeError(
    'checkpoint-refused',
    `${hostOf(url)} gives out ${path} only as a whole, and what is in a file of PyTorch stands at its end.`,
    'Download the file, and drop it here: from your device it is read at once.',
  );
}
