import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createNodeRuntime } from '../ort/node';
import type { Runtime } from '../ort/runtime';
import type { LoadProgress } from '../rpc/protocol';
import type { CallContext } from '../rpc/server';
import { imageHandlers } from './image.service';
import { readModelFolder } from './model-folder';
import { tinyFlow, tinyFlowPicture } from './testing/tiny-flow';

const FLOW = tinyFlow();
const FIXTURE = 'src/engine/image/fixtures/toy-16';

/** What the server does to a file; by default it sends it. */
type Damage = (content: Buffer) => { status?: number; body: Buffer; cut?: boolean };

let server: Server;
let modelsUrl: string;
let requests: string[];
let damage: Map<string, Damage>;
let held: Map<string, Promise<void>>;

beforeEach(async () => {
  requests = [];
  damage = new Map();
  held = new Map();
  server = createServer(async (request, response) => {
    const name = request.url!.split('/').at(-1)!;
    requests.push(name);
    await held.get(name);
    const sampled = request.url!.includes('/tiny-flow/') && FLOW.get(name);
    const bundled = /\/models\/((karhunen-64|shared)\/.*)/.exec(request.url!)?.[1];
    const content = sampled
      ? Buffer.from(sampled)
      : await readFile(bundled ? join('public/models', bundled) : join(FIXTURE, name)).catch(() => undefined);
    const {
      status = 200,
      body,
      cut,
    } = content ? (damage.get(name)?.(content) ?? { body: content }) : { status: 404, body: Buffer.from('') };
    response.writeHead(status, { 'content-length': body.length });
    if (cut) response.write(body.subarray(0, body.length / 2), () => response.destroy());
    else response.end(body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  modelsUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/models/`;
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
  vi.unstubAllGlobals();
});

const context = (signal = new AbortController().signal, progress: (value: LoadProgress) => void = () => {}) =>
  ({ signal, progress, transfer: () => {} }) satisfies CallContext<LoadProgress>;

const toy = () => ({ model: 'toy-16', modelsUrl });
const handlers = () => imageHandlers('wasm', async () => createNodeRuntime(1));
const ids = Uint32Array.of(136, 20, 33, 47, 5, 66, 7, 88);

describe('opening', () => {
  it('fetches each file once, checks it, and reports bytes up to the total', async () => {
    const seen: LoadProgress[] = [];
    const { open } = handlers();
    const [first, second] = await Promise.all([
      open(
        toy(),
        context(undefined, (progress) => seen.push(progress)),
      ),
      open(toy(), context()),
    ]);
    expect(first).toEqual(second);
    expect(first.manifest.id).toBe('toy-16');
    const { files } = JSON.parse(await readFile(join(FIXTURE, 'manifest.json'), 'utf8'));
    expect(first.hash).toBe(files.decoder.sha256.slice(0, 8));
    expect(requests.sort()).toEqual([
      'decoder.onnx',
      'encoder.onnx',
      'golden.json',
      'manifest.json',
      'weights.bin',
    ]);
    expect(seen.at(-1)).toMatchObject({ what: 'Toy 16', loaded: seen.at(-1)!.total });
    expect(seen.map(({ loaded }) => loaded)).toEqual(seen.map(({ loaded }) => loaded).sort((a, b) => a - b));
  });

  it.each<[string, string, Damage, string, string]>([
    ['a missing file', 'weights.bin', (body) => ({ status: 404, body }), 'model-fetch', '404'],
    ['a server error', 'decoder.onnx', (body) => ({ status: 503, body }), 'model-fetch', '503'],
    ['a lost connection', 'weights.bin', (body) => ({ body, cut: true }), 'model-fetch', 'weights.bin'],
    ['a short file', 'encoder.onnx', (body) => ({ body: body.subarray(9) }), 'model-corrupt', 'encoder.onnx'],
    [
      'a long file',
      'decoder.onnx',
      (body) => ({ body: Buffer.concat([body, body]) }),
      'model-corrupt',
      'decoder.onnx',
    ],
    [
      'a flipped bit',
      'weights.bin',
      (body) => ({ body: Buffer.from(body.with(100, body[100]! ^ 1)) }),
      'model-corrupt',
      'weights.bin',
    ],
    [
      'a web page for a manifest',
      'manifest.json',
      () => ({ body: Buffer.from('<html>') }),
      'model-corrupt',
      'not JSON',
    ],
    [
      'a manifest without a field',
      'manifest.json',
      (body) => ({ body: Buffer.from(body.toString().replace('"bits": 8', '"bits": 99')) }),
      'model-corrupt',
      'tokens.bits',
    ],
  ])('explains %s, and works once it is mended', async (_, name, how, code, words) => {
    damage.set(name, how);
    const { open } = handlers();
    const failure = await open(toy(), context()).then(
      () => undefined,
      (error) => error,
    );
    expect(failure).toMatchObject({ code });
    expect(failure.message).toContain(words);
    expect(failure.hint).not.toBe('');
    damage.clear();
    expect((await open(toy(), context())).hash).toMatch(/^[0-9a-f]{8}$/);
  });

  it('asks again past the HTTP cache where a file does not fit its manifest', async () => {
    let times = 0;
    damage.set('weights.bin', (body) => ({ body: times++ === 0 ? Buffer.alloc(body.length) : body }));
    await handlers().open(toy(), context());
    expect(requests.filter((name) => name === 'weights.bin')).toHaveLength(2);
  });

  it('refuses ids that are no folder names', async () => {
    const { open } = handlers();
    for (const model of ['../../etc', 'A', '', 'a/b', 'https://example.org']) {
      await expect(open({ model, modelsUrl }, context())).rejects.toMatchObject({ code: 'model-unknown' });
    }
    expect(requests).toEqual([]);
  });

  it('distrusts a runtime that computes something else', async () => {
    const wrong = imageHandlers('webgpu', async () => wrongRuntime());
    const failure = wrong.open(toy(), context());
    await expect(failure).rejects.toMatchObject({ code: 'backend-unavailable' });
    await expect(failure).rejects.toThrow(/reference: "ramp" at k = 8 differs by \d+ of 255/);
  });

  it('a caller that leaves does not stop another, and an abandoned download starts again', async () => {
    let release = () => {};
    held.set('weights.bin', new Promise((resolve) => (release = resolve)));
    const { open } = handlers();
    const leaving = new AbortController();
    const left = open(toy(), context(leaving.signal));
    await vi.waitFor(() => expect(requests).toContain('weights.bin'));
    leaving.abort();
    await expect(left).rejects.toMatchObject({ code: 'aborted' });
    release();
    held.clear();
    expect((await open(toy(), context())).threads).toBe(1);
  });
});

describe('the store', () => {
  /** Cache Storage as the worker uses it, over a map. */
  function storage() {
    const entries = new Map<string, Uint8Array<ArrayBuffer>>();
    const cache = {
      match: async (key: string) => (entries.has(key) ? new Response(entries.get(key)) : undefined),
      put: async (key: string, response: Response) => {
        entries.set(key, new Uint8Array(await response.arrayBuffer()));
      },
      delete: async (key: string) => entries.delete(key),
    };
    vi.stubGlobal('caches', { open: async () => cache });
    return entries;
  }

  it('serves the next worker without the network, but for the manifest', async () => {
    const entries = storage();
    await handlers().open(toy(), context());
    expect(entries.size).toBe(5);
    requests.length = 0;
    await handlers().open(toy(), context());
    expect(requests).toEqual(['manifest.json']);
  });

  it('fetches once what several models share', async () => {
    storage();
    await handlers().open(toy(), context());
    requests.length = 0;
    await handlers().open({ ...toy(), model: 'another' }, context());
    expect(requests).toEqual(['manifest.json']);
  });

  it('opens what it holds without any network', async () => {
    storage();
    await handlers().open(toy(), context());
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
    expect((await handlers().open(toy(), context())).threads).toBe(1);
  });

  it('says offline of a model that was never loaded that it was not, and what to do', async () => {
    storage();
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
    vi.stubGlobal('navigator', { onLine: false });
    await expect(handlers().open(toy(), context())).rejects.toMatchObject({
      code: 'model-fetch',
      message: 'This device is offline, and toy-16 was never loaded here.',
      hint: expect.stringContaining('Go online once to load it'),
    });
    vi.stubGlobal('navigator', { onLine: true });
    await expect(handlers().open(toy(), context())).rejects.toMatchObject({
      message: 'toy-16/manifest.json could not be fetched: the connection failed.',
    });
  });

  it('does not take a model for present that the server no longer has', async () => {
    storage();
    await handlers().open(toy(), context());
    damage.set('manifest.json', (body) => ({ status: 404, body }));
    await expect(handlers().open(toy(), context())).rejects.toThrow('answered 404');
  });

  it('keeps nothing that is damaged, and replaces what was damaged in it', async () => {
    const entries = storage();
    damage.set('weights.bin', (body) => ({ body: Buffer.alloc(body.length) }));
    await expect(handlers().open(toy(), context())).rejects.toMatchObject({ code: 'model-corrupt' });
    const { manifest } = await readModelFolder(FIXTURE);
    const { sha256 } = manifest.files.data[0]!;
    const stored = () => [...entries.keys()].find((name) => name.includes(sha256));
    expect(stored()).toBeUndefined();
    damage.clear();
    await handlers().open(toy(), context());
    const key = stored()!;
    entries.set(key, entries.get(key)!.slice(0, 100));
    await handlers().open(toy(), context());
    expect(entries.get(key)!.length).toBeGreaterThan(100);
  });

  it.each([
    ['open', { open: () => Promise.reject(new DOMException('no', 'SecurityError')) }],
    [
      'read and write',
      {
        open: async () => ({
          match: () => Promise.reject(new DOMException('no', 'InvalidStateError')),
          put: () => Promise.reject(new DOMException('full', 'QuotaExceededError')),
          delete: async () => false,
        }),
      },
    ],
  ])('is done without where the browser refuses to %s', async (_, caches) => {
    vi.stubGlobal('caches', caches);
    expect((await handlers().open(toy(), context())).threads).toBe(1);
  });
});

describe('decoding', () => {
  it('opens the model by itself, as a restarted worker must', async () => {
    const frame = await handlers().decode({ ...toy(), ids, k: 3 }, context());
    expect(frame).toMatchObject({ k: 3, width: 16, height: 16, metrics: {} });
    expect(frame.rgba).toHaveLength(16 * 16 * 4);
  });

  it('measures against the original where there is one', async () => {
    const { decode } = handlers();
    const { rgba } = await decode({ ...toy(), ids, k: 8 }, context());
    const { metrics } = await decode({ ...toy(), ids, k: 8, original: rgba }, context());
    expect(metrics['psnr']).toBe(Number.POSITIVE_INFINITY);
    expect(metrics['ssim']).toBeCloseTo(1, 12);
    const worse = await decode({ ...toy(), ids, k: 1, original: rgba }, context());
    expect(worse.metrics['psnr']).toBeLessThan(60);
  });

  it('serves calls at the same time in order, and drops an aborted one', async () => {
    const { decode } = handlers();
    const controller = new AbortController();
    const calls = [1, 2, 3].map((k) =>
      decode({ ...toy(), ids, k }, context(k === 2 ? controller.signal : undefined)),
    );
    controller.abort();
    const results = await Promise.allSettled(calls);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('refuses a k or an id out of range, and goes on', async () => {
    const { decode } = handlers();
    await expect(decode({ ...toy(), ids, k: 9 }, context())).rejects.toMatchObject({ code: 'model-run' });
    await expect(decode({ ...toy(), ids: ids.with(0, 256), k: 1 }, context())).rejects.toThrow(
      'Token 1 is 256',
    );
    expect((await decode({ ...toy(), ids, k: 8 }, context())).k).toBe(8);
  });
});

describe('a model that samples', () => {
  const flow = () => ({ model: 'tiny-flow', modelsUrl, ids: Uint32Array.of(15, 2, 9) });
  const pixels = ({ rgba }: { readonly rgba: Uint8ClampedArray }) => [...rgba].filter((_, i) => i % 4 < 3);

  it('is fetched with all of its graphs, and draws as it is asked to', async () => {
    const { decode } = handlers();
    for (const sampling of [
      { steps: 1, seed: 3 },
      { steps: 'distilled', seed: 3 },
      { steps: 2, seed: 4 },
    ] as const) {
      const frame = await decode({ ...flow(), k: 2, sampling }, context());
      expect(frame.sampling).toEqual(sampling);
      expect(pixels(frame)).toEqual([...tinyFlowPicture([15, 2, 9], 2, sampling)]);
    }
    expect(requests).toEqual(expect.arrayContaining(['start.onnx', 'velocity.onnx', 'distilled.onnx']));
  });

  it('says at which step it is', async () => {
    const seen: unknown[] = [];
    const { decode } = handlers();
    await decode({ ...flow(), k: 2 }, context());
    await decode(
      { ...flow(), k: 2, sampling: { steps: 4, seed: 0 } },
      { ...context(), progress: (progress) => seen.push(progress) },
    );
    expect(seen).toEqual([1, 2, 3, 4].map((step) => ({ step, of: 4 })));
  });

  it('names a graph that cannot be fetched', async () => {
    damage.set('velocity.onnx', (body) => ({ status: 404, body }));
    await expect(handlers().open(flow(), context())).rejects.toMatchObject({
      code: 'model-fetch',
      message: expect.stringContaining('tiny-flow/velocity.onnx'),
    });
  });

  it('refuses steps that no model takes, and steps for one that does not sample', async () => {
    const { decode } = handlers();
    const wrong = decode({ ...flow(), k: 2, sampling: { steps: 0, seed: 0 } }, context());
    await expect(wrong).rejects.toMatchObject({ code: 'model-run' });
    const other = decode({ ...toy(), ids, k: 2, sampling: { steps: 1, seed: 0 } }, context());
    await expect(other).rejects.toThrow('Toy 16 draws in one go');
  });
});

describe('a model that can draw without onnxruntime', () => {
  const karhunen = () => ({ model: 'karhunen-64', modelsUrl });
  const row = Uint32Array.from({ length: 144 }, (_, i) => (i * 7919) % 4096);

  it('draws drafts until that has started, and only for calls that take one', async () => {
    let start = () => {};
    const started = new Promise<void>((resolve) => (start = resolve));
    const honest = createNodeRuntime(1);
    const load = vi.fn(async (...args: Parameters<Runtime['load']>) => {
      await started;
      return honest.load(...args);
    });
    const { open, decode } = imageHandlers('wasm', async () => ({ threads: 2, load }));
    const { threads, manifest } = await open({ ...karhunen(), mayDraft: true }, context());
    const job = { ...karhunen(), ids: row.slice(0, manifest.tokens.count), k: 30 };
    const draft = await decode({ ...job, mayDraft: true }, context());
    expect({ threads, isDraft: draft.isDraft, loads: load.mock.calls.length }).toEqual({
      threads: 2,
      isDraft: true,
      loads: 0,
    });
    const whole = decode(job, context());
    expect((await decode({ ...job, mayDraft: true }, context())).isDraft).toBe(true);
    start();
    const { rgba, isDraft } = await whole;
    expect(isDraft).toBe(false);
    expect(Math.max(...rgba.map((value, i) => Math.abs(value - draft.rgba[i]!)))).toBeLessThanOrEqual(1);
    expect((await decode({ ...job, mayDraft: true }, context())).isDraft).toBe(false);
  });

  it('leaves a wait for onnxruntime as soon as it is aborted', async () => {
    const never = new Promise<never>(() => {});
    const { open, decode } = imageHandlers('wasm', async () => ({ threads: 1, load: () => never }));
    await open({ ...karhunen(), mayDraft: true }, context());
    const leaving = new AbortController();
    const whole = decode({ ...karhunen(), ids: row, k: 3 }, context(leaving.signal));
    leaving.abort();
    await expect(whole).rejects.toMatchObject({ code: 'aborted' });
  });

  it('says so where its check fails afterwards, and draws no more', async () => {
    const { open, decode } = imageHandlers('webgpu', async () => wrongRuntime());
    const { manifest } = await open({ ...karhunen(), mayDraft: true }, context());
    const job = { ...karhunen(), ids: row.slice(0, manifest.tokens.count), k: 30 };
    expect((await decode({ ...job, mayDraft: true }, context())).isDraft).toBe(true);
    const failure = { code: 'backend-unavailable', message: expect.stringContaining('reference: ') };
    await expect(decode(job, context())).rejects.toMatchObject(failure);
    await expect(decode({ ...job, mayDraft: true }, context())).rejects.toMatchObject(failure);
  });
});

/** A runtime whose pictures are too dark, and whose ids are right. */
function wrongRuntime(): Runtime {
  const honest = createNodeRuntime(1);
  return {
    threads: 1,
    async load(graph, data) {
      const session = await honest.load(graph, data);
      return {
        ...session,
        async run(...args) {
          const { data: values, dims } = await session.run(...args);
          return { data: values instanceof Float32Array ? values.map((v) => v * 0.9) : values, dims };
        },
      };
    },
  };
}
