// @ts-check

/**
 * What the page may load and run: its own files, its own workers, wasm, and blobs it made itself. Nothing
 * foreign, nothing inline (React writes styles through CSSOM, which a policy does not restrict).
 */
const policy = (/** @type {string} */ connect) =>
  [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self' blob:",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    `connect-src ${connect}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** Sent with every answer. The first three isolate the page, which gives wasm its threads. */
export const securityHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Content-Security-Policy': policy("'self' blob:"),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

/**
 * One worker may talk to other sites: the one that downloads the checkpoints a visitor asks for. A worker's policy
 * is that of its own script, so the page and the workers that see pictures and texts stay isolated.
 */
const DOWNLOADER = /(^|\/)assets\/weights\.worker-[\w-]+\.js$/;
const downloaderHeaders = {
  ...securityHeaders,
  'Content-Security-Policy': policy("'self' blob: https: http://localhost:* http://127.0.0.1:*"),
};

/** The headers that a file goes out with. @param {string} name */
export function headersOf(name) {
  return DOWNLOADER.test(name) ? downloaderHeaders : securityHeaders;
}

/** @type {Record<string, string>} */
const types = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  map: 'application/json; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  webmanifest: 'application/manifest+json; charset=utf-8',
  wasm: 'application/wasm',
  svg: 'image/svg+xml; charset=utf-8',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  avif: 'image/avif',
  gif: 'image/gif',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
};

/** The media type of a file name. @param {string} name */
export function mediaType(name) {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return types[extension] ?? 'application/octet-stream';
}
