import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TokenoscopeError } from '../../core/errors';
import type { WorkerLike } from '../rpc/client';
import { type Handlers, type ServerScope, serve } from '../rpc/server';
import type { Backend, BackendReport } from './backend';
import { BackendHost, type HostOptions } from './host';

type ToyApi = {
  open: { args: string; result: { threads: number } };
  work: { args: number; result: string };
};

const ports: MessagePort[] = [];
let spawned: Backend[];
let ended: Backend[];
let lose: () => void;
let watches: number;
let unwatched: number;

/** A worker of a backend behind a real channel. `work` never answers a 0. */
function workerOf(backend: Backend, work: (n: number) => Promise<string>): WorkerLike {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  spawned.push(backend);
  const handlers: Handlers<ToyApi> = {
    open: async () => ({ threads: backend === 'wasm' ? 2 : 1 }),
    work: (n) => (n === 0 ? new Promise<never>(() => {}) : work(n)),
  };
  serve(handlers, port2 as unknown as ServerScope);
  port1.start();
  port2.start();
  return {
    postMessage: (message, transfer) => port1.postMessage(message, transfer),
    terminate: () => {
      ended.push(backend);
      port1.close();
    },
    addEventListener: (type, listener) => port1.addEventListener(type, listener),
  };
}

/** An adapter whose devices are lost together, when the test says so. */
function gpu() {
  let lost = new Promise<void>((resolve) => {
    lose = resolve;
  });
  return {
    requestAdapter: async () => ({
      info: { vendor: 'acme', architecture: 'one', isFallbackAdapter: false },
      requestDevice: async () => {
        watches++;
        let destroy = () => {};
        const destroyed = new Promise<void>((resolve) => {
          destroy = resolve;
        });
        return {
          lost: Promise.race([lost, destroyed]),
          destroy: () => {
            unwatched++;
            destroy();
            lost = new Promise<void>(() => {});
          },
        };
      },
    }),
  };
}

beforeEach(() => {
  spawned = [];
  ended = [];
  watches = 0;
  unwatched = 0;
  vi.stubGlobal('isSecureContext', true);
  vi.stubGlobal('crossOriginIsolated', true);
  vi.stubGlobal('navigator', { gpu: gpu() });
});

afterEach(() => {
  for (const port of ports.splice(0)) port.close();
  vi.unstubAllGlobals();
});

function start(
  options: Partial<HostOptions> = {},
  work: Record<Backend, (n: number) => Promise<string>> = {
    wasm: async (n) => `wasm ${n}`,
    webgpu: async (n) => `webgpu ${n}`,
  },
) {
  const reports: [string, BackendReport][] = [];
  const host = new BackendHost<ToyApi, { threads: number }>({
    choice: 'auto',
    workers: {
      wasm: () => workerOf('wasm', work.wasm),
      webgpu: () => workerOf('webgpu', work.webgpu),
    },
    onReport: (report, subject) => reports.push([subject, report]),
    ...options,
  });
  const run = (subject: string, n: number, signal?: AbortSignal) =>
    host.run(subject, {
      open: (_backend, client) => client.call('open', subject),
      run: (client) => client.call('work', n, { signal }),
    });
  return { host, reports, run };
}

it('each subject has a backend, a report and one opening', async () => {
  const { host, reports, run } = start();
  expect(await Promise.all([run('a', 1), run('b', 2)])).toEqual(['webgpu 1', 'webgpu 2']);
  expect(await run('a', 3)).toBe('webgpu 3');
  expect(reports.map(([subject]) => subject).sort()).toEqual(['a', 'b']);
  expect(host.report('a')).toEqual({ backend: 'webgpu', threads: 1, reason: 'WebGPU (acme one).' });
  expect(spawned).toEqual(['webgpu']);
});

it('a subject that WebGPU fails goes to WASM with the reason, the others stay', async () => {
  const fails = async (n: number) => {
    if (n > 9) throw new TokenoscopeError('backend-unavailable', 'WebGPU computed nonsense');
    return `webgpu ${n}`;
  };
  const { host, run } = start({}, { wasm: async (n) => `wasm ${n}`, webgpu: fails });
  expect(await Promise.all([run('large', 10), run('small', 1)])).toEqual(['wasm 10', 'webgpu 1']);
  expect(host.report('large')?.reason).toBe('WASM with 2 threads, because WebGPU computed nonsense.');
  expect(await run('large', 1)).toBe('wasm 1');
  host.setChoice('webgpu'); // clears earlier failures
  expect(await run('large', 1)).toBe('webgpu 1');
});

it('a lost graphics device sends calls in flight to WASM, and is trusted again by a new choice only', async () => {
  const { host, run } = start();
  await run('a', 1);
  const inFlight = host.run('a', {
    open: (_backend, client) => client.call('open', 'a'),
    run: (client) => client.call('work', host.report('a')?.backend === 'webgpu' ? 0 : 5),
  });
  await vi.waitFor(() => expect(watches).toBe(1));
  lose();
  await vi.waitFor(() => expect(ended).toEqual(['webgpu']));
  await inFlight.catch(() => {});
  expect(await run('a', 7)).toBe('wasm 7');
  expect(host.report('a')?.reason).toContain('because WebGPU lost its graphics device');
  host.setChoice('webgpu');
  vi.stubGlobal('navigator', { gpu: gpu() });
  expect(await run('a', 8)).toBe('webgpu 8');
});

describe('a worker that is started ahead', () => {
  it('is that of the backend that the first job takes, and serves it', async () => {
    const { host, run } = start();
    host.begin();
    await vi.waitFor(() => expect(spawned).toEqual(['webgpu']));
    expect(await run('a', 1)).toBe('webgpu 1');
    expect(spawned).toEqual(['webgpu']);
  });

  it('is not started where the choice changed meanwhile, or nobody waits any more', async () => {
    const { host } = start();
    host.begin();
    host.setChoice('wasm');
    host.begin();
    await vi.waitFor(() => expect(spawned).toEqual(['wasm']));
    const left = start().host;
    left.begin();
    left.dispose();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(spawned).toEqual(['wasm']);
  });
});

describe('idle workers', () => {
  it('are ended with their watch on the device, and start again when they are asked', async () => {
    const { run } = start({ idleMs: 1 });
    await run('a', 1);
    await vi.waitFor(() => expect(ended).toEqual(['webgpu']));
    await vi.waitFor(() => expect(unwatched).toBe(1));
    expect(await run('a', 2)).toBe('webgpu 2');
    expect(spawned).toEqual(['webgpu', 'webgpu']);
    await vi.waitFor(() => expect(watches).toBe(2));
    // Nothing of it may end in the next test.
    await vi.waitFor(() => expect(ended).toEqual(['webgpu', 'webgpu']));
  });

  it('are kept while a call is in flight', async () => {
    const { host, run } = start({ choice: 'wasm', idleMs: 1 });
    await run('b', 1);
    await vi.waitFor(() => expect(ended).toHaveLength(1));
    const abort = new AbortController();
    const never = run('a', 0, abort.signal);
    await vi.waitFor(() => expect(host.report('a')).toBeDefined());
    await run('a', 1); // its end would start the clock if nothing else were in flight
    await new Promise((resolve) => setImmediate(resolve));
    expect(ended).toHaveLength(1);
    abort.abort();
    await expect(never).rejects.toMatchObject({ code: 'aborted' });
  });

  it('end on demand, with the last call', async () => {
    const { host, run } = start({ choice: 'wasm' });
    const last = run('a', 1);
    await vi.waitFor(() => expect(spawned).toHaveLength(1));
    await last;
    expect(host.client('wasm').isRunning).toBe(true);
    host.release();
    expect(host.client('wasm').isRunning).toBe(false);
    expect(await run('a', 2)).toBe('wasm 2');
  });
});

it('a subject that is forgotten is opened again, and named where a worker runs', async () => {
  let opened = 0;
  const { host } = start({ choice: 'wasm' });
  const run = () =>
    host.run('a', {
      open: (_backend, client) => {
        opened++;
        return client.call('open', 'a');
      },
      run: (client) => client.call('work', 1),
    });
  await run();
  await run();
  expect(opened).toBe(1);
  expect(host.forget('a')).toEqual(['wasm']);
  expect(host.forget('a')).toEqual([]);
  await run();
  expect(opened).toBe(2);
  host.release();
  expect(host.forget('a')).toEqual([]); // its worker is gone, and the model with it
});
