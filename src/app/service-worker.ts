import type { StoreRequest } from '../engine/storage/offline-message';
import { headersOf } from './security-headers.mjs';

/**
 * Keeps the page working without a network: it stores the shell and each opened lab, with its runtime and what it shows
 * at first (offline.json), and whatever else was used. Files with a hash in their name never change: they are fetched
 * once. Everything else is fetched each time, and served from the cache when the network does not answer.
 * Model weights are not handled here: the model store keeps them, checked by sha256. Whatever goes through here has the
 * security headers, also where the host sends none.
 */
const worker = self as unknown as ServiceWorkerGlobalScope;

// As in engine/storage/offline-message.ts; written out, so that the bundle needs no other file and runs as a classic script.
const CACHE = 'tokenoscope-pages-2';
const KEEP_HEADER = 'x-tokenoscope-keep';
/** Of builds whose service worker kept files as the host sent them. */
const OLD_CACHES = ['tokenoscope-pages-1'];
const WEIGHTS = /\.(onnx|bin|safetensors)$/;
/** Folders that the model store keeps whole. */
const MODELS = ['models/', 'measures/', 'lm/', 'eye/'];

worker.addEventListener('install', () => void worker.skipWaiting());
worker.addEventListener('activate', (event) => {
  const drop = OLD_CACHES.map((name) => caches.delete(name));
  event.waitUntil(Promise.all([worker.clients.claim(), ...drop]));
});

worker.addEventListener('message', (event) => {
  const { keep, store } = event.data as { readonly keep?: unknown; readonly store?: unknown };
  const answer = event.ports[0];
  if (typeof store === 'string') {
    event.waitUntil(
      keepFile(event.data as StoreRequest).then(
        () => answer?.postMessage(true),
        () => answer?.postMessage(false),
      ),
    );
    return;
  }
  if (typeof keep !== 'string') return;
  event.waitUntil(
    keepLab(keep).then(
      (files) => answer?.postMessage(files),
      () => answer?.postMessage(0),
    ),
  );
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin || request.headers.has('range')) return;
  if (request.headers.has(KEEP_HEADER)) return;
  const hashed = url.pathname.includes('/assets/');
  // The models that read writing have hashes in their names, but the model store keeps them as well.
  const stored = hashed
    ? /\.(onnx|txt)$/.test(url.pathname)
    : WEIGHTS.test(url.pathname) || MODELS.some((folder) => url.href.startsWith(addressOf(folder)));
  if (stored) return;
  event.respondWith(hashed ? cacheFirst(request) : networkFirst(request));
});

async function cacheFirst(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request, { ignoreVary: true });
  return kept ?? fetchAndKeep(cache, request);
}

async function networkFirst(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  try {
    return await fetchAndKeep(cache, request);
  } catch (error) {
    const kept = await cache.match(keyOf(request), { ignoreVary: true });
    if (kept) return kept;
    throw error;
  }
}

async function fetchAndKeep(cache: Cache, request: Request): Promise<Response> {
  const response = secured(await fetch(request), request.url);
  if (response.ok && response.status === 200) {
    // A full disk must not break the page.
    await cache.put(keyOf(request), response.clone()).catch(() => undefined);
  }
  return response;
}

/** Under what a file is kept: of the two pages, without what is asked of them. */
function keyOf(request: Request): Request | string {
  if (request.mode !== 'navigate') return request;
  return /\/embed(\.html)?$/.test(new URL(request.url).pathname) ? './embed.html' : './';
}

/** As scripts/lib/offline-list.mjs writes it. */
interface OfflineList {
  readonly all: readonly string[];
  readonly shell: readonly string[];
  readonly labs: Readonly<Record<string, readonly string[]>>;
}

/**
 * Fetches what offline.json lists for the shell and a lab, and drops files of an earlier build. Resolves to the number
 * of files that the lab needs.
 */
async function keepLab(id: string): Promise<number> {
  const cache = await caches.open(CACHE);
  const response = await fetch('./offline.json', { cache: 'no-cache' });
  const { all, shell, labs } = (await response.json()) as OfflineList;
  const built = new Set(all.map(addressOf));
  for (const request of await cache.keys()) {
    // Another copy of the page on this host has the same cache, and its own folder.
    if (!built.has(request.url) && request.url.startsWith(addressOf('assets/'))) await cache.delete(request);
  }
  const wanted = ['./', ...shell, ...(labs[id] ?? [])].map(addressOf);
  for (const url of wanted) {
    if (await cache.match(url, { ignoreVary: true })) continue;
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
    await cache.put(url, secured(answer, url));
  }
  return wanted.length;
}

/** Keeps a file that the page has fetched. */
async function keepFile({ store, type, bytes }: StoreRequest): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.put(store, secured(new Response(bytes, { headers: { 'Content-Type': type } }), store));
}

function addressOf(path: string): string {
  return new URL(path, worker.registration.scope).href;
}

/** The response with the headers that `npm start` sends, for hosts that send none. */
function secured(response: Response, url: string): Response {
  if (response.type === 'error' || response.type.startsWith('opaque')) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(headersOf(new URL(url).pathname))) headers.set(name, value);
  const { body, status, statusText } = response;
  return new Response(body, { status, statusText, headers });
}
