// @ts-check
// Plain JavaScript, because the server and the build (scripts/lib/headers.mjs) read it without a compiler.

/** @type {Readonly<Record<string, string>>} Three of them isolate the page, which gives wasm its threads. */
export const commonHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

/**
 * What the page may load and run: its own files, its own workers, wasm, and blobs it made itself. Nothing foreign,
 * nothing inline (React writes styles through CSSOM, which a policy does not restrict).
 */
const policy = {
  'default-src': "'none'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'worker-src': "'self' blob:",
  'style-src': "'self'",
  'img-src': "'self' blob: data:",
  'font-src': "'self'",
  'connect-src': "'self' blob:",
  'manifest-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
};

/** @param {Readonly<Record<string, string>>} directives */
const written = (directives) =>
  Object.entries(directives)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ');

/** @type {Readonly<Record<string, string>>} Sent with every answer. */
export const securityHeaders = { ...commonHeaders, 'Content-Security-Policy': written(policy) };

/**
 * One worker may talk to other sites: the one that downloads the checkpoints and tokenizers a visitor asks for. A worker's policy
 * is that of its own script, so the page and the workers that see pictures and texts stay isolated.
 */
const DOWNLOADER = /(^|\/)assets\/weights\.worker-[\w-]+\.js$/;
const downloaderHeaders = {
  ...commonHeaders,
  'Content-Security-Policy': written({
    ...policy,
    'connect-src': "'self' blob: https: http://localhost:* http://127.0.0.1:*",
  }),
};

const { 'frame-ancestors': _, ...framablePolicy } = policy;

/**
 * embed.html may be in a frame of any page, an isolated one too. Some hosts leave out the end of its name. Whoever frames
 * it can only show what is in the link that they wrote; everything that a visitor keeps or changes is in the page itself,
 * which no page may frame.
 */
const EMBED = /(^|\/)embed(\.html)?$/;
const embedHeaders = {
  ...commonHeaders,
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Content-Security-Policy': written(framablePolicy),
};

/** The headers that a file goes out with. @param {string} name its path */
export function headersOf(name) {
  if (EMBED.test(name)) return embedHeaders;
  return DOWNLOADER.test(name) ? downloaderHeaders : securityHeaders;
}

/** The same policy for a `<meta>`, which knows no frame-ancestors: src/app/main.tsx refuses frames itself. */
export function metaPolicy() {
  return written(framablePolicy);
}
