import * as v from 'valibot';
import { TokenoscopeError } from '../../core/errors';
import { openFiles, readStored, storeKey } from '../weights/stored-files';
import { KEEP_HEADER, PAGES_CACHE, type StoreRequest } from './offline-message';

const partsSchema = v.array(
  v.object({
    id: v.string(),
    label: v.string(),
    store: v.picklist(['pages', 'models']),
    needs: v.optional(v.literal('webgpu')),
    files: v.array(
      v.union([v.tuple([v.string(), v.number(), v.string()]), v.tuple([v.string(), v.number()])]),
    ),
  }),
);

/** A part of what can be kept for offline use, as scripts/lib/offline-parts.mjs lists it. */
export type OfflinePart = v.InferOutput<typeof partsSchema>[number];

/** A file of a part: its path, its bytes, and its sha256 where it is kept by content. */
export type PartFile = OfflinePart['files'][number];

/**
 * What can be kept for offline use with this build of the page.
 * @throws TokenoscopeError `model-fetch`
 */
export async function fetchParts(): Promise<OfflinePart[]> {
  const answer = await fetch(absolute('offline-parts.json'), { cache: 'no-cache' }).catch(() => undefined);
  const parsed = v.safeParse(partsSchema, answer?.ok ? await answer.json().catch(() => null) : null);
  if (parsed.success) return parsed.output;
  throw new TokenoscopeError(
    'model-fetch',
    'What there is to keep could not be loaded.',
    'Check the connection and open this page again.',
  );
}

/** Which files of the parts are here, by path. A browser that refuses storage keeps none. */
export async function keptFiles(parts: readonly OfflinePart[]): Promise<Set<string>> {
  const [pages, isStored] = await Promise.all([pageAddresses(), readStored()]);
  const kept = parts.flatMap(({ store, files }) =>
    files.filter(([path, , sha256]) =>
      store === 'pages' ? pages.has(absolute(path)) : isStored(absolute(path), sha256),
    ),
  );
  return new Set(kept.map(([path]) => path));
}

async function pageAddresses(): Promise<Set<string>> {
  try {
    const cache = await caches.open(PAGES_CACHE);
    return new Set((await cache.keys()).map(({ url }) => url));
  } catch {
    return new Set();
  }
}

/**
 * Keeps a file where the page looks for it, once.
 * @param onBytes called with the number of bytes so far
 * @throws TokenoscopeError `model-fetch`, `model-corrupt`, `storage-full`, `storage-refused`, `aborted`
 */
export async function keepFile(
  { store }: OfflinePart,
  file: PartFile,
  signal: AbortSignal,
  onBytes: (loaded: number) => void,
): Promise<void> {
  const [path, bytes, sha256] = file;
  const url = absolute(path);
  if (store === 'pages') return keepPage(url, signal, onBytes);
  const { fetchChecked, fetchLatest, untilStored } = await import('../weights/checked-fetch');
  if (sha256 === undefined) await fetchLatest(url, path, signal);
  else await fetchChecked({ url, name: path, bytes, sha256 }, signal, onBytes);
  await untilStored(url, sha256);
  if (!(await readStored())(url, sha256)) throw full();
}

/** Deletes files of models from this browser; they are fetched again where they are used again. */
export async function removeFiles(files: readonly PartFile[]): Promise<void> {
  const cache = await openFiles();
  for (const [path, , sha256] of files) {
    const url = absolute(path);
    await cache?.delete(sha256 === undefined ? url : storeKey(url, sha256));
  }
}

/** Fetches a file past the service worker, whose time is limited, and hands it over. */
async function keepPage(url: string, signal: AbortSignal, onBytes: (loaded: number) => void): Promise<void> {
  const worker = await activeWorker();
  const cache = url.includes('/assets/') ? 'default' : 'no-cache';
  let response: Response;
  let bytes: ArrayBuffer;
  try {
    response = await fetch(url, { signal, cache, headers: { [KEEP_HEADER]: '1' } });
    bytes = await readAll(response, onBytes);
  } catch (cause) {
    if (signal.aborted) throw stopped();
    throw new TokenoscopeError('model-fetch', 'The connection failed.', CONTINUE, { cause });
  }
  if (!response.ok) {
    throw new TokenoscopeError('model-fetch', `The server answered ${response.status} for ${url}.`, CONTINUE);
  }
  const type = response.headers.get('content-type') ?? 'application/octet-stream';
  if (!(await handOver(worker, { store: url, type, bytes }, signal)))
    throw signal.aborted ? stopped() : full();
}

const CONTINUE = 'What is here already stays, and is not loaded again.';

async function activeWorker(): Promise<ServiceWorker> {
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => undefined);
  const worker = registration && (await navigator.serviceWorker.ready).active;
  if (worker) return worker;
  throw new TokenoscopeError(
    'storage-refused',
    'This browser keeps no pages here: that takes https, and a window that is not private.',
    'Reload the page and try again.',
  );
}

async function readAll(response: Response, onBytes: (loaded: number) => void): Promise<ArrayBuffer> {
  const pieces: BlobPart[] = [];
  let loaded = 0;
  const reader = response.body!.getReader();
  for (let step = await reader.read(); !step.done; step = await reader.read()) {
    pieces.push(step.value as BlobPart);
    loaded += step.value.length;
    onBytes(loaded);
  }
  return new Blob(pieces).arrayBuffer();
}

/** Resolves to whether the service worker kept it; one that was ended does not answer. */
function handOver(worker: ServiceWorker, request: StoreRequest, signal: AbortSignal): Promise<boolean> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(false), { once: true });
    port1.onmessage = (event: MessageEvent<boolean>) => {
      port1.close();
      resolve(event.data);
    };
    worker.postMessage(request, [port2, request.bytes]);
  });
}

const stopped = () => new TokenoscopeError('aborted', 'It was stopped.');

function full(): TokenoscopeError {
  return new TokenoscopeError(
    'storage-full',
    'This browser did not keep a file: there is no room left.',
    'Choose fewer parts, or delete something below; what is here already stays.',
  );
}

const absolute = (path: string) => new URL(path, document.baseURI).href;
