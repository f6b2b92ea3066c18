import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TokenoscopeError } from '../../core/errors';
import type { Backend, BackendChoice, BackendReport } from '../host/backend';
import { createNodeRuntime } from '../ort/node';
import type { Runtime } from '../ort/runtime';
import { type ServerScope, serve } from '../rpc/server';
import { ImageEngine } from './image.client';
import { imageHandlers } from './image.service';

const FIXTURE = 'src/engine/image/fixtures/toy-16';
const ids = Uint32Array.of(136, 20, 33, 47, 5, 66, 7, 88);

/** How each worker starts its runtime. Both compute with onnxruntime-node here; what differs is how they fail. */
let start: Record<Backend, () => Promise<Runtime>>;
let spawned: Backend[];
let ports: MessagePort[];

/** The real worker code behind a real channel, in this thread. */
class ChannelWorker {
  readonly #port: MessagePort;

  constructor(url: URL) {
    const backend = url.href.includes('webgpu') ? 'webgpu' : 'wasm';
    spawned.push(backend);
    const { port1, port2 } = new MessageChannel();
    ports.push(port1, port2);
    this.#port = port1;
    serve(
      imageHandlers(backend, () => start[backend]()),
      port2 as unknown as ServerScope,
    );
    port1.start();
    port2.start();
  }

  postMessage(message: unknown, transfer: Transferable[]): void {
    this.#port.postMessage(message, transfer);
  }

  addEventListener(type: string, listener: (event: Event) => void): void {
    this.#port.addEventListener(type, listener);
  }

  terminate(): void {
    this.#port.close();
  }
}

const adapter = (isFallbackAdapter: boolean) => ({
  requestAdapter: async () => ({ info: { vendor: 'acme', architecture: 'one', isFallbackAdapter } }),
});

function useGpu(gpu: object | undefined): void {
  vi.stubGlobal('navigator', { gpu });
}

beforeEach(() => {
  start = { wasm: async () => createNodeRuntime(1), webgpu: async () => createNodeRuntime(1) };
  spawned = [];
  ports = [];
  vi.stubGlobal('Worker', ChannelWorker);
  vi.stubGlobal('isSecureContext', true);
  vi.stubGlobal('crossOriginIsolated', true);
  vi.stubGlobal('fetch', async (url: string) => {
    const { pathname } = new URL(url);
    const bundled = /\/models\/((karhunen-64|shared)\/.*)/.exec(pathname)?.[1];
    const file = bundled ? join('public/models', bundled) : join(FIXTURE, pathname.split('/').at(-1)!);
    return new Response(new Uint8Array(await readFile(file)));
  });
});

afterEach(() => {
  for (const port of ports) port.close();
  vi.unstubAllGlobals();
});

function engineWith(choice: BackendChoice) {
  const reports: BackendReport[] = [];
  const onReport = (report: BackendReport) => void reports.push(report);
  return { engine: new ImageEngine({ choice, baseUrl: 'http://localhost/', onReport }), reports };
}

const failing = (message: string) => async (): Promise<never> => {
  throw new TokenoscopeError('backend-unavailable', message);
};

describe('the choice of a backend', () => {
  it.each<[string, BackendChoice, object | undefined, Backend, string]>([
    ['WebGPU where there is an adapter', 'auto', adapter(false), 'webgpu', 'WebGPU (acme one).'],
    [
      'WASM where there is none',
      'auto',
      { requestAdapter: async () => null },
      'wasm',
      'WASM with 1 thread, because WebGPU found no usable graphics adapter.',
    ],
    [
      'WASM where the browser has no WebGPU',
      'webgpu',
      undefined,
      'wasm',
      'WASM with 1 thread, because this browser has no WebGPU.',
    ],
    [
      'WASM rather than an emulated WebGPU',
      'auto',
      adapter(true),
      'wasm',
      'WASM with 1 thread, because WebGPU is only emulated on the CPU here (acme one), which is slower.',
    ],
    [
      'an emulated WebGPU where it is asked for',
      'webgpu',
      adapter(true),
      'webgpu',
      'WebGPU emulated on the CPU (acme one), as chosen; expect it to be slow.',
    ],
    ['WASM where it is asked for', 'wasm', adapter(false), 'wasm', 'WASM with 1 thread, as chosen.'],
  ])('is %s', async (_, choice, gpu, backend, reason) => {
    useGpu(gpu);
    const { engine, reports } = engineWith(choice);
    const { report } = await engine.open('toy-16');
    expect(report).toEqual({ backend, threads: 1, reason });
    expect(reports).toEqual([report]);
    expect(engine.report('toy-16')).toEqual(report);
    expect(spawned).toEqual([backend]);
  });

  it('says that a page without isolation has one thread only', async () => {
    useGpu(undefined);
    vi.stubGlobal('crossOriginIsolated', false);
    const { engine } = engineWith('wasm');
    expect((await engine.open('toy-16')).report.reason).toContain('not cross-origin isolated');
  });
});

describe('falling back to WASM', () => {
  it('happens where WebGPU does not start, once, with the reason', async () => {
    useGpu(adapter(false));
    start.webgpu = failing('WebGPU could not load the model (no f16)');
    const { engine, reports } = engineWith('auto');
    expect((await engine.decode('toy-16', { ids, k: 3 })).k).toBe(3);
    expect((await engine.decode('toy-16', { ids, k: 4 })).k).toBe(4);
    expect(reports).toHaveLength(1);
    expect(reports[0]?.reason).toContain('because WebGPU could not load the model (no f16).');
    expect(spawned).toEqual(['webgpu', 'wasm']);
  });

  it('happens in the middle of work, without losing the call', async () => {
    useGpu(adapter(false));
    let lost = false;
    start.webgpu = async () => {
      const runtime = createNodeRuntime(1);
      const load: Runtime['load'] = async (graph, data) => {
        const session = await runtime.load(graph, data);
        return {
          ...session,
          run: (...args) => (lost ? failing('WebGPU lost its graphics device')() : session.run(...args)),
        };
      };
      return { threads: 1, load };
    };
    const { engine, reports } = engineWith('auto');
    await engine.decode('toy-16', { ids, k: 1 });
    lost = true;
    const frames = await Promise.all([2, 3, 4].map((k) => engine.decode('toy-16', { ids, k })));
    expect(frames.map(({ k }) => k)).toEqual([2, 3, 4]);
    expect(reports.map(({ backend }) => backend)).toEqual(['webgpu', 'wasm']);
    expect(engine.report('toy-16')?.reason).toContain('because WebGPU lost its graphics device.');
  });

  it('happens once a check fails that the first picture did not wait for', async () => {
    useGpu(adapter(false));
    start.webgpu = async () => {
      const runtime = createNodeRuntime(1);
      const load: Runtime['load'] = async (graph, data) => {
        const session = await runtime.load(graph, data);
        const run: typeof session.run = async (...args) => {
          const { data: values, dims } = await session.run(...args);
          return { data: values instanceof Float32Array ? values.map((v) => v * 0.9) : values, dims };
        };
        return { ...session, run };
      };
      return { threads: 1, load };
    };
    const { engine, reports } = engineWith('auto');
    const { manifest } = await engine.open('karhunen-64', { mayDraft: true });
    const job = { ids: new Uint32Array(manifest.tokens.count), k: 3 };
    expect((await engine.decode('karhunen-64', job, { mayDraft: true })).isDraft).toBe(true);
    expect((await engine.decode('karhunen-64', job, { background: true })).isDraft).toBe(false);
    expect(reports.map(({ backend }) => backend)).toEqual(['webgpu', 'wasm']);
    expect(engine.report('karhunen-64')?.reason).toContain('WebGPU computed something else');
  });

  it('does not happen for a fault of the call itself', async () => {
    useGpu(adapter(false));
    const { engine, reports } = engineWith('auto');
    await expect(engine.decode('toy-16', { ids, k: 99 })).rejects.toMatchObject({ code: 'model-run' });
    expect(reports.map(({ backend }) => backend)).toEqual(['webgpu']);
  });

  it('is forgiven by a new choice', async () => {
    useGpu(adapter(false));
    start.webgpu = failing('WebGPU lost its graphics device');
    const { engine, reports } = engineWith('auto');
    await engine.open('toy-16');
    start.webgpu = async () => createNodeRuntime(1);
    engine.setChoice('webgpu');
    expect(engine.report('toy-16')).toBeUndefined();
    await engine.open('toy-16');
    expect(reports.map(({ backend }) => backend)).toEqual(['wasm', 'webgpu']);
  });
});

it('an abort rejects at once, and the next call is served', async () => {
  useGpu(undefined);
  const { engine } = engineWith('wasm');
  const controller = new AbortController();
  const aborted = engine.decode('toy-16', { ids, k: 2 }, { signal: controller.signal });
  setTimeout(() => controller.abort());
  await expect(aborted).rejects.toMatchObject({ code: 'aborted' });
  expect((await engine.decode('toy-16', { ids, k: 2 })).k).toBe(2);
});

it('background work waits for all that is urgent', async () => {
  useGpu(undefined);
  const { engine } = engineWith('wasm');
  await engine.open('toy-16');
  const order: number[] = [];
  const decode = (k: number, background: boolean) =>
    engine.decode('toy-16', { ids, k }, { background }).then((frame) => order.push(frame.k));
  await Promise.all([decode(1, false), decode(5, true), decode(2, false), decode(3, false)]);
  expect(order).toEqual([1, 2, 3, 5]);
});
