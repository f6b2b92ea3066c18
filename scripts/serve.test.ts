import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { get, type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { precompress } from './lib/precompress.mjs';
import { startServer } from './serve.mjs';

const script = `console.log(${JSON.stringify('tokens '.repeat(300))});`;
const weights = Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) & 0xff));
let folder: string;
let server: Awaited<ReturnType<typeof startServer>>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'serve-'));
  const root = join(folder, 'site');
  const put = (name: string, data: string | Buffer) => {
    mkdirSync(join(root, name, '..'), { recursive: true });
    writeFileSync(join(root, name), data);
  };
  put('index.html', '<!doctype html><title>Home</title>');
  put('embed.html', '<!doctype html><title>Embedded</title>');
  put('assets/main-AbCd1234.js', script);
  put('assets/weights.worker-Ab_d-123.js', script);
  put('assets/ort.mjs', 'export {};');
  put('assets/run.wasm', Buffer.from([0, 97, 115, 109, 1, 0, 0, 0]));
  put('models/toy/model.onnx', weights);
  put('.vite/manifest.json', '{}');
  put('empty.txt', '');
  writeFileSync(join(folder, 'secret.txt'), 'outside');
  mkdirSync(join(folder, 'site-twin'));
  writeFileSync(join(folder, 'site-twin', 'secret.txt'), 'outside');
  await precompress(root);
  server = await startServer({ root, port: 0 });
});

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

/** A request without the tidying that `fetch` does to paths and bodies. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET') {
  return new Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }>(
    (done, refuse) => {
      const call = request({ host: 'localhost', port: server.port, path, method, headers }, (response) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('end', () =>
          done({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(pieces) }),
        );
      });
      call.on('error', refuse).end();
    },
  );
}

describe('the static server', () => {
  it('lets only the worker that downloads weights talk to other sites', async () => {
    const reach = async (path: string) =>
      /connect-src ([^;]*)/.exec(String((await ask(path)).headers['content-security-policy']))?.[1];
    expect(await reach('/assets/weights.worker-Ab_d-123.js')).toContain(' https: ');
    for (const path of ['/', '/assets/main-AbCd1234.js', '/no/weights.worker-x.js']) {
      expect(await reach(path), path).toBe("'self' blob:");
    }
  });

  it.each(['/', '/assets/main-AbCd1234.js', '/no-such-file'])(
    'isolates and confines every answer: %s',
    async (path) => {
      const { headers } = await ask(path);
      expect(headers).toMatchObject({
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-embedder-policy': 'require-corp',
        'cross-origin-resource-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      });
      const policy = headers['content-security-policy'];
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toContain('unsafe-inline');
      expect(policy).not.toContain("'unsafe-eval'");
    },
  );

  it('lets any page frame embed.html, and nothing else', async () => {
    const page = await ask('/');
    expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    const embed = await ask('/embed.html');
    expect(embed.headers['content-security-policy']).not.toContain('frame-ancestors');
    expect(embed.headers).toMatchObject({
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'cross-origin',
    });
    expect(`${embed.headers['content-security-policy']}; frame-ancestors 'none'`).toBe(
      page.headers['content-security-policy'],
    );
  });

  it.each([
    ['/', 'text/html; charset=utf-8'],
    ['/assets/main-AbCd1234.js', 'text/javascript; charset=utf-8'],
    ['/assets/ort.mjs', 'text/javascript; charset=utf-8'],
    ['/assets/run.wasm', 'application/wasm'],
    ['/models/toy/model.onnx', 'application/octet-stream'],
  ])('names the type of %s', async (path, type) => {
    const { status, headers } = await ask(`${path}?v=1`);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe(type);
  });

  it('lets hashed files be cached indefinitely and revalidates the rest', async () => {
    expect((await ask('/assets/main-AbCd1234.js')).headers['cache-control']).toContain('immutable');
    for (const path of ['/', '/models/toy/model.onnx']) {
      const { headers } = await ask(path);
      expect(headers['cache-control']).toBe('no-cache');
      const again = await ask(path, { 'If-None-Match': `W/"x", ${headers.etag}` });
      expect(again).toMatchObject({ status: 304, body: Buffer.alloc(0) });
      expect((await ask(path, { 'If-None-Match': '"other"' })).status).toBe(200);
    }
  });

  it('sends the compressed twin to those who take it', async () => {
    const path = '/assets/main-AbCd1234.js';
    const plain = await ask(path);
    const br = await ask(path, { 'Accept-Encoding': 'gzip, deflate, br' });
    const gzip = await ask(path, { 'Accept-Encoding': 'gzip, br;q=0' });
    expect(plain.body.toString()).toBe(script);
    expect(br.headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(br.body).toString()).toBe(script);
    expect(gzip.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(gzip.body).toString()).toBe(script);
    expect(new Set([plain, br, gzip].map(({ headers }) => headers.etag)).size).toBe(3);
    expect(br.headers['content-type']).toContain('javascript');
    expect(br.headers.vary).toBe('Accept-Encoding');
  });

  it('never sends a twin that is older than its file', async () => {
    utimesSync(join(folder, 'site/assets/main-AbCd1234.js.br'), 1, 1);
    const { headers } = await ask('/assets/main-AbCd1234.js', { 'Accept-Encoding': 'br' });
    expect(headers['content-encoding']).toBeUndefined();
  });

  it.each([
    ['bytes=0-9', 206, 'bytes 0-9/5000', 0, 10],
    ['bytes=4990-', 206, 'bytes 4990-4999/5000', 4990, 5000],
    ['bytes=-5', 206, 'bytes 4995-4999/5000', 4995, 5000],
    ['bytes=4000-99999', 206, 'bytes 4000-4999/5000', 4000, 5000],
    ['bytes=0-1,5-6', 200, undefined, 0, 5000],
  ])('answers Range %s', async (range, status, contentRange, start, end) => {
    const found = await ask('/models/toy/model.onnx', { Range: range, 'Accept-Encoding': 'br' });
    expect(found.status).toBe(status);
    expect(found.headers['content-range']).toBe(contentRange);
    expect(found.body.equals(weights.subarray(start, end))).toBe(true);
  });

  it('refuses a range behind the end, and ignores one for another version', async () => {
    const behind = await ask('/models/toy/model.onnx', { Range: 'bytes=5000-' });
    expect(behind).toMatchObject({ status: 416, headers: { 'content-range': 'bytes */5000' } });
    const other = await ask('/models/toy/model.onnx', { Range: 'bytes=0-9', 'If-Range': '"old"' });
    expect(other.body.length).toBe(5000);
  });

  it('answers HEAD without a body and other methods with 405', async () => {
    const head = await ask('/models/toy/model.onnx', {}, 'HEAD');
    expect(head).toMatchObject({ status: 200, headers: { 'content-length': '5000' }, body: Buffer.alloc(0) });
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      expect(await ask('/', {}, method)).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
    }
  });

  it('serves an empty file', async () => {
    expect(await ask('/empty.txt')).toMatchObject({ status: 200, body: Buffer.alloc(0) });
  });

  it.each([
    ['/../secret.txt', 404],
    ['/%2e%2e/secret.txt', 404],
    ['/..%2fsecret.txt', 404],
    ['/..%5csecret.txt', 404],
    ['/assets/..%2f..%2fsecret.txt', 404],
    ['/../site-twin/secret.txt', 404],
    ['//etc/passwd', 404],
    ['/.vite/manifest.json', 404],
    ['/assets', 404],
    ['/assets/', 404],
    ['/missing', 404],
    ['/%00', 400],
    ['/%zz', 400],
  ])('does not serve %s', async (path, status) => {
    const found = await ask(path);
    expect(found.status).toBe(status);
    expect(found.body.toString()).not.toContain('outside');
    expect(found.headers['cache-control']).toBe('no-store');
  });

  it('says that its port is taken', async () => {
    await expect(startServer({ port: server.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('survives clients that leave in the middle', async () => {
    await new Promise<void>((done) => {
      const call = get(
        { host: 'localhost', port: server.port, path: '/models/toy/model.onnx' },
        (response) => {
          response.destroy();
          done();
        },
      );
      call.on('error', () => done());
    });
    expect((await ask('/')).status).toBe(200);
  });
});
