/** Where the service worker keeps pages, code and data. */
export const PAGES_CACHE = 'tokenoscope-pages-2';

/** Marks a request that the service worker leaves alone: the page hands the file over itself. */
export const KEEP_HEADER = 'x-tokenoscope-keep';

/** Asks the service worker to keep a file; it answers whether it did. */
export interface StoreRequest {
  /** The file's address. */
  readonly store: string;
  readonly type: string;
  readonly bytes: ArrayBuffer;
}
