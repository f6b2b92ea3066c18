import { TokenoscopeError, throwIfAborted } from '../../core/errors';
import { SharedJob } from '../ort/shared-job';
import { openFiles, storeKey } from './stored-files';

/** A file whose length and content are known beforehand. */
export interface KnownFile {
  readonly url: string;
  /** For messages. */
  readonly name: string;
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
}

const RELOAD = 'Reload the page to fetch it again. If that does not help, the server holds a damaged copy.';

function corrupt(message: string): TokenoscopeError {
  return new TokenoscopeError('model-corrupt', message, RELOAD);
}

/** Hex sha256; undefined on plain http, where browsers offer no digest. */
async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  const digest = await globalThis.crypto?.subtle?.digest('SHA-256', bytes);
  return digest && Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Whether bytes are the file; without a digest, only their number is compared. */
async function isIntact(file: KnownFile, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
  return bytes.length === file.bytes && ((await sha256(bytes)) ?? file.sha256) === file.sha256;
}

/** Fetches, with plain messages for failures: the status, or the connection error as the cause. */
async function fetchOrExplain(url: string, name: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch (error) {
    throw explainNetwork(error, name, init.signal ?? undefined);
  }
  if (!response.ok) {
    throw new TokenoscopeError(
      'model-fetch',
      `The server answered ${response.status} for ${name}.`,
      'The model is not on this server. Choose another model, or tell whoever runs this site.',
    );
  }
  return response;
}

/**
 * A small text as it is on the server now, or as last fetched if the connection fails.
 * @param name for messages
 * @throws TokenoscopeError `model-fetch`, `aborted`
 */
export async function fetchLatest(
  url: string,
  name: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  const cache = await openFiles();
  try {
    const response = await fetchOrExplain(url, name, { cache: 'no-cache', ...(signal && { signal }) });
    const text = await response.text();
    if (cache) store(cache, url, new Response(text));
    return text;
  } catch (error) {
    const offline = error instanceof TokenoscopeError && error.cause !== undefined;
    const stored = offline ? await cache?.match(url).catch(() => undefined) : undefined;
    if (!stored) throw error;
    return stored.text();
  }
}

function explainNetwork(error: unknown, name: string, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted) return error;
  if (globalThis.navigator?.onLine === false) {
    return new TokenoscopeError(
      'model-fetch',
      `This device is offline, and ${name.replace(/\/.*/, '')} was never loaded here.`,
      'Go online once to load it; from then on it works offline. What you have opened before works now.',
      { cause: error },
    );
  }
  return new TokenoscopeError(
    'model-fetch',
    `${name} could not be fetched: the connection failed.`,
    'Check the connection and try again.',
    { cause: error },
  );
}

async function readBody(
  response: Response,
  file: KnownFile,
  signal: AbortSignal | undefined,
  onBytes: (loaded: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(file.bytes);
  let loaded = 0;
  const reader = response.body!.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (loaded + value.length > bytes.length) {
        await reader.cancel();
        throw corrupt(`${file.name} is longer than the ${file.bytes} bytes that its manifest names.`);
      }
      bytes.set(value, loaded);
      loaded += value.length;
      onBytes(loaded);
    }
  } catch (error) {
    throw error instanceof TokenoscopeError ? error : explainNetwork(error, file.name, signal);
  }
  if (loaded < bytes.length) {
    throw corrupt(`${file.name} ended after ${loaded} of ${file.bytes} bytes.`);
  }
  return bytes;
}

/** Current reads and downloads, by content: models that share a file wait for the same download. */
const underway = new Map<string, SharedJob<Uint8Array<ArrayBuffer>, number>>();

/**
 * A file's bytes, checked by their sha256: from Cache Storage if they are there and intact, else from the
 * network. Only checked bytes are stored (`untilStored`), and they are checked again when they are read back.
 * @param onBytes called with the number of bytes so far
 * @throws TokenoscopeError `model-fetch`, `model-corrupt`, `aborted`
 */
export async function fetchChecked(
  file: KnownFile,
  signal: AbortSignal | undefined,
  onBytes: (loaded: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  throwIfAborted(signal);
  const known = underway.get(file.sha256);
  const job =
    known && !known.abandoned
      ? known
      : new SharedJob((ending, onProgress: (loaded: number) => void) =>
          readOrDownload(file, ending, onProgress),
        );
  underway.set(file.sha256, job);
  try {
    return await job.join(signal, onBytes);
  } finally {
    // A caller who leaves does not end what others wait for.
    const goesOn = signal?.aborted && !job.abandoned;
    if (!goesOn && underway.get(file.sha256) === job) underway.delete(file.sha256);
  }
}

async function readOrDownload(
  file: KnownFile,
  signal: AbortSignal,
  onBytes: (loaded: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const cache = await openFiles();
  const key = storeKey(file.url, file.sha256);
  const stored = await cache?.match(key).catch(() => undefined);
  if (cache && stored) {
    const bytes = new Uint8Array(await stored.arrayBuffer());
    if (await isIntact(file, bytes)) {
      onBytes(bytes.length);
      return bytes;
    }
    await cache.delete(key).catch(() => false);
  }
  const bytes = await download(file, signal, onBytes);
  throwIfAborted(signal);
  if (cache) store(cache, key, new Response(bytes));
  return bytes;
}

/** What is on its way into the store, by its key: who wants the bytes does not wait for that. */
const storing = new Map<string, Promise<void>>();

/** A full or refused store costs the next visit a download and nothing else. */
function store(cache: Cache, key: string, response: Response): void {
  const end = () => void storing.delete(key);
  storing.set(key, cache.put(key, response).then(end, end));
}

/** Waits until a file that was fetched here is stored, or turned out not to fit. @param sha256 as in `storeKey`; absent for a small text */
export async function untilStored(url: string, sha256?: string): Promise<void> {
  await storing.get(sha256 === undefined ? url : storeKey(url, sha256));
}

async function download(
  file: KnownFile,
  signal: AbortSignal | undefined,
  onBytes: (loaded: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  // The second attempt goes past the HTTP cache, which may hold the file of an earlier release.
  for (const cache of ['default', 'reload'] as const) {
    try {
      const response = await fetchOrExplain(file.url, file.name, { cache, ...(signal && { signal }) });
      const bytes = await readBody(response, file, signal, onBytes);
      if (await isIntact(file, bytes)) return bytes;
    } catch (error) {
      const damaged = error instanceof TokenoscopeError && error.code === 'model-corrupt';
      if (!damaged || cache === 'reload') throw error;
    }
  }
  throw corrupt(`${file.name} does not have the content that its manifest promises (sha256 differs).`);
}
