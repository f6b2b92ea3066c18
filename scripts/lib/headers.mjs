// @ts-check
import { commonHeaders, headersOf } from '../../src/app/security-headers.mjs';

/**
 * The security headers as a `_headers` file (Netlify, Cloudflare Pages). Hosts send what every fitting rule says, and of two policies
 * both count: so each policy stands with what it is for, the page and its workers, and with nothing else.
 * @param {readonly string[]} names of all built files
 */
export function headersFile(names) {
  const workers = names.filter((name) => /\.worker-[\w-]+\.js$/.test(name)).sort();
  const policed = ['/', '/index.html', '/embed', '/embed.html', ...workers.map((name) => `/${name}`)];
  const POLICY = 'Content-Security-Policy';
  const rules = [
    { path: '/*', headers: commonHeaders },
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
