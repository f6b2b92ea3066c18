const CACHE = 'tokenoscope-files-1';

/** The store, or undefined where the browser has none or refuses it (private windows, plain http). */
export async function openFiles(): Promise<Cache | undefined> {
  try {
    return await globalThis.caches?.open(CACHE);
  } catch {
    return undefined;
  }
}

/**
 * Files are stored under their content hash alone: a new release never reads an old file, and what models share
 * is fetched once.
 */
export function storeKey(url: string, sha256: string): string {
  return new URL(`/?sha256=${sha256}`, url).href;
}

/** Whether `fetchChecked` has stored the file in this browser. */
export async function isStored(url: string, sha256: string): Promise<boolean> {
  const cache = await openFiles();
  const stored = await cache?.match(storeKey(url, sha256)).catch(() => undefined);
  return stored !== undefined;
}

/** Tells which files this browser has stored: known ones by their content, others (manifests) by their address. */
export async function readStored(): Promise<(url: string, sha256: string | undefined) => boolean> {
  const cache = await openFiles();
  const keys = new Set((await cache?.keys().catch(() => []))?.map(({ url }) => url));
  return (url, sha256) => keys.has(sha256 === undefined ? url : storeKey(url, sha256));
}
