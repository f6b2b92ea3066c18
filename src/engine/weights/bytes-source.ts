import { TokenoscopeError } from '../../core/errors';
import { ask, readUpTo } from './answers';
import type { ListedFile } from './listing';

/** The beginning of a file, and what is known about the rest. */
export interface FileStart {
  readonly bytes: Uint8Array;
  /** Of the whole file; undefined where the server does not tell. */
  readonly length: number | undefined;
  /** `Last-Modified`, to notice another file at the same address; null where there is none. */
  readonly modified: string | null;
  /** Whether any part can be had without the rest. */
  readonly hasParts: boolean;
}

/**
 * Reads the first bytes of a file without fetching the rest.
 * @throws TokenoscopeError `model-fetch`, `file-unreadable`
 */
export async function readStart(file: ListedFile, length: number, signal?: AbortSignal): Promise<FileStart> {
  if ('blob' in file.from) {
    const { blob } = file.from;
    const bytes = new Uint8Array(await readBlob(blob.slice(0, length), file.path));
    return { bytes, length: blob.size, modified: null, hasParts: true };
  }
  const { url } = file.from;
  const response = await ask(url, file.path, signal, { from: 0, to: length - 1 });
  const bytes = await readUpTo(response, length);
  return {
    bytes,
    length: file.bytes ?? (await lengthOf(response, url, signal)),
    modified: response.headers.get('last-modified'),
    hasParts: response.status === 206,
  };
}

/** @throws TokenoscopeError `file-unreadable` */
export async function readBlob(blob: Pick<Blob, 'arrayBuffer'>, name: string): Promise<ArrayBuffer> {
  try {
    return await blob.arrayBuffer();
  } catch (cause) {
    throw new TokenoscopeError(
      'file-unreadable',
      `${name} could not be read.`,
      'It may have been moved or changed since it was chosen. Choose it again.',
      { cause },
    );
  }
}

async function lengthOf(response: Response, url: string, signal?: AbortSignal): Promise<number | undefined> {
  // Other sites show `Content-Range` only where they choose to; `Content-Length` is always shown.
  const total = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1];
  if (total !== undefined) return Number(total);
  const whole = response.status === 206 ? await head(url, signal) : response;
  if (!whole || whole.headers.get('content-encoding')) return undefined;
  const length = whole.headers.get('content-length');
  return length === null ? undefined : Number(length);
}

async function head(url: string, signal?: AbortSignal): Promise<Response | undefined> {
  const response = await fetch(url, {
    method: 'HEAD',
    credentials: 'omit',
    cache: 'no-store',
    ...(signal ? { signal } : {}),
  }).catch(() => undefined);
  return response?.ok ? response : undefined;
}
