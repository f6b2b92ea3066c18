// @ts-check
import { readFileSync } from 'node:fs';
import { inRoot } from './paths.mjs';

/** Also what the service worker adds where the host sends nothing of it (src/app/security-headers.ts). */
const facts = JSON.parse(readFileSync(inRoot('src/app/security-headers.json'), 'utf8'));

/** @param {Readonly<Record<string, string>>} policy */
const policyOf = (policy) =>
  Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ');

/**
 * Sent with every answer. Three of them isolate the page, which gives wasm its threads. The policy says what the page may
 * load and run: its own files, its own workers, wasm, and blobs it made itself. Nothing foreign, nothing inline (React
 * writes styles through CSSOM, which a policy does not restrict).
 * @type {Readonly<Record<string, string>>}
 */
export const securityHeaders = { ...facts.common, 'Content-Security-Policy': policyOf(facts.policy) };

/** The same policy for a `<meta>`, which knows no frame-ancestors. */
export function metaPolicy() {
  const { 'frame-ancestors': _, ...policy } = facts.policy;
  return policyOf(policy);
}

/**
 * One worker may talk to other sites: the one that downloads the checkpoints a visitor asks for. A worker's policy
 * is that of its own script, so the page and the workers that see pictures and texts stay isolated.
 */
const DOWNLOADER = /(^|\/)assets\/weights\.worker-[\w-]+\.js$/;
const downloaderHeaders = {
  ...facts.common,
  'Content-Security-Policy': policyOf({ ...facts.policy, ...facts.downloader }),
};

/** The headers that a file goes out with. @param {string} name */
export function headersOf(name) {
  return DOWNLOADER.test(name) ? downloaderHeaders : securityHeaders;
}

/**
 * The same as a `_headers` file (Netlify, Cloudflare Pages). Hosts send what every fitting rule says, and of two policies
 * both count: so each policy stands with what it is for, the page and its workers, and with nothing else.
 * @param {readonly string[]} names of all built files
 */
export function headersFile(names) {
  const workers = names.filter((name) => /\.worker-[\w-]+\.js$/.test(name)).sort();
  const policed = ['/', '/index.html', ...workers.map((name) => `/${name}`)];
  const POLICY = 'Content-Security-Policy';
  const rules = [
    { path: '/*', headers: facts.common },
    ...policed.map((path) => ({ path, headers: { [POLICY]: headersOf(path.slice(1))[POLICY] } })),
  ];
  const lines = rules.flatMap(({ path, headers }) => [
    path,
    ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`),
  ]);
  return `${lines.join('\n')}\n`;
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
