// @ts-check
import './lib/require-node.mjs';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { headersOf, mediaType, securityHeaders } from './lib/headers.mjs';
import { inRoot } from './lib/paths.mjs';

/**
 * Serves a built site. Vite's hashed files (assets/) are cached for ever, everything else is revalidated by
 * ETag. Files that lie beside their `.br` or `.gz` go out compressed to clients that take it.
 * @param {{ root?: string; port?: number; host?: string }} [options] port 0 takes any free one
 * @returns {Promise<{ url: string; port: number; close: () => Promise<void> }>}
 * @throws the `listen` error, for example EADDRINUSE
 */
export async function startServer({ root = inRoot('dist'), port = 4173, host = 'localhost' } = {}) {
  const server = createServer((request, response) => {
    answer(resolve(root), request, response).catch(() => {
      // The client left, or the file vanished in the middle: nothing sensible can be sent any more.
      response.destroy();
    });
  });
  await new Promise((done, refuse) => {
    server.once('error', refuse);
    server.listen(port, host, () => done(undefined));
  });
  const address = server.address();
  const bound = typeof address === 'object' && address ? address.port : port;
  return {
    url: `http://${host}:${bound}`,
    port: bound,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/**
 * @param {string} root
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
async function answer(root, request, response) {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return refuse(response, 405, 'Only GET and HEAD are answered here.', { Allow: 'GET, HEAD' });
  }
  const name = fileName(request.url ?? '/');
  if (name === undefined) return refuse(response, 400, 'This address is not a valid one.');
  const found = name === '' ? undefined : await pick(root, name, request);
  if (!found) return refuse(response, 404, 'There is no such file here.');

  const headers = {
    ...headersOf(name),
    'Content-Type': mediaType(name),
    'Cache-Control': /(^|\/)assets\//.test(name) ? 'public, max-age=31536000, immutable' : 'no-cache',
    ETag: found.etag,
    'Last-Modified': new Date(found.mtimeMs).toUTCString(),
    Vary: 'Accept-Encoding',
    'Accept-Ranges': 'bytes',
    ...(found.encoding ? { 'Content-Encoding': found.encoding } : {}),
  };
  if (matches(request.headers['if-none-match'], found.etag)) {
    response.writeHead(304, headers).end();
    return;
  }
  const range = wantedRange(request, found.etag, found.size);
  if (range === 'unsatisfiable') {
    return refuse(response, 416, 'The file is shorter than that.', {
      'Content-Range': `bytes */${found.size}`,
    });
  }
  const { start, end } = range ?? { start: 0, end: found.size - 1 };
  response.writeHead(range ? 206 : 200, {
    ...headers,
    'Content-Length': end - start + 1,
    ...(range ? { 'Content-Range': `bytes ${start}-${end}/${found.size}` } : {}),
  });
  if (request.method === 'HEAD' || found.size === 0) {
    response.end();
    return;
  }
  await pipeline(createReadStream(found.path, { start, end }), response);
}

/**
 * The file an address asks for, relative to the root: '' where it names nothing that may be served,
 * undefined where it is malformed. Hidden files (`.vite/`) and what climbs out do not exist.
 * @param {string} address
 */
function fileName(address) {
  let path;
  try {
    path = decodeURIComponent(address.split(/[?#]/, 1)[0] ?? '');
  } catch {
    return undefined;
  }
  if (!path.startsWith('/') || path.includes('\0')) return undefined;
  const parts = path.slice(1).split(/[/\\]/);
  if (parts.some((part) => part.startsWith('.'))) return '';
  return path.endsWith('/') ? `${path.slice(1)}index.html` : path.slice(1);
}

/**
 * The file itself or its compressed twin.
 * @param {string} root
 * @param {string} name
 * @param {import('node:http').IncomingMessage} request
 */
async function pick(root, name, request) {
  const path = join(root, name);
  if (!path.startsWith(root + sep)) return undefined;
  const original = await fileStat(path);
  if (!original) return undefined;
  // Ranges count bytes of the file itself.
  if (request.headers.range === undefined) {
    for (const encoding of acceptedEncodings(request.headers['accept-encoding'])) {
      const twin = await fileStat(`${path}${encoding === 'br' ? '.br' : '.gz'}`);
      // An older twin belongs to an older build.
      if (twin && twin.mtimeMs >= original.mtimeMs) return withTag(twin, encoding);
    }
  }
  return withTag(original, '');
}

/** @param {{ path: string; size: number; mtimeMs: number }} file @param {string} encoding */
function withTag(file, encoding) {
  const tag = `${file.size.toString(36)}-${Math.trunc(file.mtimeMs).toString(36)}`;
  return { ...file, encoding, etag: `"${tag}${encoding ? `-${encoding}` : ''}"` };
}

/** @param {string} path */
async function fileStat(path) {
  try {
    const found = await stat(path);
    return found.isFile() ? { path, size: found.size, mtimeMs: found.mtimeMs } : undefined;
  } catch {
    return undefined;
  }
}

/** @param {string | string[] | undefined} header */
function acceptedEncodings(header) {
  const accepted = String(header ?? '')
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter((part) => !/;\s*q=0(\.0*)?$/.test(part))
    .map((part) => part.split(';', 1)[0]?.trim());
  return ['br', 'gzip'].filter((encoding) => accepted.includes(encoding));
}

/** @param {string | undefined} header @param {string} etag */
function matches(header, etag) {
  if (header === undefined) return false;
  return header.trim() === '*' || header.split(',').some((part) => part.trim().replace(/^W\//, '') === etag);
}

/**
 * One byte range (RFC 9110, section 14); several at once and malformed ones get the whole file, as allowed.
 * @param {import('node:http').IncomingMessage} request
 * @param {string} etag
 * @param {number} size
 * @returns {{ start: number; end: number } | 'unsatisfiable' | undefined}
 */
function wantedRange(request, etag, size) {
  const match = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? '');
  const condition = request.headers['if-range'];
  if (!match || (condition !== undefined && condition !== etag)) return undefined;
  const [, from = '', to = ''] = match;
  if (from === '' && to === '') return undefined;
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (from !== '' && to !== '' && Number(to) < start) return undefined;
  return start > end ? 'unsatisfiable' : { start, end };
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {number} status
 * @param {string} message
 * @param {Record<string, string>} [headers]
 */
function refuse(response, status, message, headers = {}) {
  response.writeHead(status, {
    ...securityHeaders,
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
    'Content-Length': Buffer.byteLength(message) + 1,
    ...headers,
  });
  response.end(`${message}\n`);
}

// `node scripts/serve.mjs [PORT]` serves dist/ as it is, without building.
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const server = await startServer({ port: Number(process.argv[2] ?? process.env['PORT'] ?? 4173) });
  console.log(server.url);
}
