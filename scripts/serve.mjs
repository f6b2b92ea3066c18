// @ts-check
import './lib/require-node.mjs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import send from 'send';
import { headersOf, securityHeaders } from '../src/app/security-headers.mjs';
import { mediaType } from './lib/headers.mjs';
import { inRoot } from './lib/paths.mjs';

/**
 * Serves a built site. Vite's hashed files (assets/) are cached indefinitely, everything else is revalidated by
 * ETag. Files that lie beside their `.br` or `.gz` go out compressed to clients that take it.
 * @param {{ root?: string; port?: number; host?: string }} [options] port 0 takes any free one
 * @returns {Promise<{ url: string; port: number; close: () => Promise<void> }>}
 * @throws the `listen` error, for example EADDRINUSE
 */
export async function startServer({ root = inRoot('dist'), port = 4173, host = 'localhost' } = {}) {
  const server = createServer((request, response) => {
    answer(resolve(root), request, response).catch(() => {
      // The client left, or the file vanished in the middle: nothing useful can be sent any more.
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
    return refuse(response, 405, 'Only GET and HEAD are supported here.', { Allow: 'GET, HEAD' });
  }
  const asked = (request.url ?? '/').split(/[?#]/, 1)[0] ?? '/';
  const path = asked.endsWith('/') ? `${asked}index.html` : asked;
  const encoding = await twinOf(root, path, request);
  send(request, `${path}${encoding ? TWINS[encoding] : ''}`, {
    root,
    dotfiles: 'ignore',
    index: false,
    cacheControl: false,
  })
    .on('headers', () => {
      const name = path.slice(1);
      const headers = {
        ...headersOf(name),
        'Content-Type': mediaType(name),
        'Cache-Control': /(^|\/)assets\//.test(name) ? 'public, max-age=31536000, immutable' : 'no-cache',
        Vary: 'Accept-Encoding',
        ...(encoding ? { 'Content-Encoding': encoding } : {}),
      };
      for (const [header, value] of Object.entries(headers)) response.setHeader(header, value);
    })
    .on('error', (/** @type {Error & { status?: number }} */ error) => {
      // A path that leaves the folder is not found.
      const status = error.status === 403 ? 404 : (error.status ?? 500);
      const ranges = response.getHeader('Content-Range');
      if (response.headersSent) response.destroy();
      else
        refuse(
          response,
          status,
          SAID[status] ?? SAID[404],
          ranges ? { 'Content-Range': String(ranges) } : {},
        );
    })
    .on('directory', () => refuse(response, 404, SAID[404]))
    .pipe(response);
}

/** @type {Record<number, string> & { 404: string }} */
const SAID = {
  400: 'This address is not a valid one.',
  404: 'There is no such file here.',
  416: 'The file is shorter than that.',
};

/** @type {{ br: string; gzip: string }} */
const TWINS = { br: '.br', gzip: '.gz' };

/**
 * The encoding of the compressed twin to send in a file's place; undefined for the file itself.
 * @param {string} root
 * @param {string} path
 * @param {import('node:http').IncomingMessage} request
 * @returns {Promise<'br' | 'gzip' | undefined>}
 */
async function twinOf(root, path, request) {
  // Ranges count bytes of the file itself. Odd addresses are for `send` to refuse.
  if (request.headers.range !== undefined || !/^\/[\w./-]*$/.test(path) || path.includes('..'))
    return undefined;
  const original = await modified(join(root, path));
  if (original === undefined) return undefined;
  for (const encoding of acceptedEncodings(request.headers['accept-encoding'])) {
    const twin = await modified(join(root, path) + TWINS[encoding]);
    // An older twin belongs to an older build.
    if (twin !== undefined && twin >= original) return encoding;
  }
  return undefined;
}

/** When a file was last changed; undefined where there is none. @param {string} path */
async function modified(path) {
  try {
    const found = await stat(path);
    return found.isFile() ? found.mtimeMs : undefined;
  } catch {
    return undefined;
  }
}

/** @param {string | string[] | undefined} header @returns {('br' | 'gzip')[]} */
function acceptedEncodings(header) {
  const accepted = String(header ?? '')
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter((part) => !/;\s*q=0(\.0*)?$/.test(part))
    .map((part) => part.split(';', 1)[0]?.trim());
  return /** @type {const} */ (['br', 'gzip']).filter((encoding) => accepted.includes(encoding));
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
