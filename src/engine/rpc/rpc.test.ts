import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { TokenoscopeError, throwIfAborted } from '../../core/errors';
import { type ClientOptions, WorkerClient, type WorkerLike } from './client';
import type { Request } from './protocol';
import { type Handlers, type ServerScope, serve } from './server';

type TestApi = {
  echo: { args: unknown; result: unknown };
  fail: { args: 'known' | 'unknown' | 'uncloneable'; result: unknown };
  slow: { args: { steps: number }; result: string; progress: number };
  give: { args: number; result: ArrayBuffer };
  length: { args: ArrayBuffer; result: number };
  /** Ignores aborts, as a run on a CPU does; on the second worker it ends. */
  deaf: { args: null; result: number };
  /** Answers on the second worker only: the first dies with the call in flight. */
  survive: { args: { deaths: number }; result: number };
};

const ignored = () => {};

const open: MessagePort[] = [];
afterEach(() => {
  for (const port of open.splice(0)) port.close();
});

/** A client whose workers are the far ends of real message channels, and can be made to die. */
function connect(options: ClientOptions = {}) {
  const state = { spawned: 0, terminated: 0, aborted: 0, die: () => {} };
  const handlers: Handlers<TestApi> = {
    echo: async (value) => value,
    async fail(how) {
      if (how === 'known') throw new TokenoscopeError('model-fetch', 'No such file.', 'Try another.');
      if (how === 'uncloneable') return () => {};
      throw new RangeError('unforeseen');
    },
    async slow({ steps }, { signal, progress }) {
      for (let step = 1; step <= steps; step++) {
        await sleep(5);
        if (signal.aborted) state.aborted++;
        throwIfAborted(signal);
        progress(step);
      }
      return 'done';
    },
    async give(size, { transfer }) {
      const buffer = new ArrayBuffer(size);
      transfer(buffer);
      return buffer;
    },
    deaf: () => (state.spawned > 1 ? Promise.resolve(state.spawned) : new Promise<never>(() => {})),
    length: async (buffer) => buffer.byteLength,
    async survive({ deaths }) {
      if (state.spawned > deaths) return state.spawned;
      state.die();
      return new Promise<never>(() => {});
    },
  };
  const client = new WorkerClient<TestApi>(() => {
    const { port1, port2 } = new MessageChannel();
    open.push(port1, port2);
    state.spawned++;
    const errors = new EventTarget();
    state.die = () => errors.dispatchEvent(new Event('error', { cancelable: true }));
    serve<TestApi>(handlers, port2 as unknown as ServerScope);
    port1.start();
    port2.start();
    const worker: WorkerLike = {
      postMessage: (message, transfer) => port1.postMessage(message, transfer),
      terminate: () => {
        state.terminated++;
        port1.close();
      },
      addEventListener: (type, listener) =>
        (type === 'error' ? errors : port1).addEventListener(type, listener),
    };
    return worker;
  }, options);
  return { client, state };
}

describe('calls', () => {
  it('start one worker, with the first of them', async () => {
    const { client, state } = connect();
    expect(state.spawned).toBe(0);
    const value = { text: 'ä', list: Uint32Array.of(1, 2), nested: { ok: true } };
    expect(await Promise.all([client.call('echo', value), client.call('echo', 7)])).toEqual([value, 7]);
    expect(state.spawned).toBe(1);
  });

  it('bring errors back with code and hint, and go on afterwards', async () => {
    const { client } = connect();
    const known = { code: 'model-fetch', message: 'No such file.', hint: 'Try another.' };
    await expect(client.call('fail', 'known')).rejects.toMatchObject(known);
    await expect(client.call('fail', 'unknown')).rejects.toMatchObject({
      code: 'internal',
      message: 'unforeseen',
    });
    await expect(client.call('fail', 'uncloneable')).rejects.toMatchObject({ code: 'internal' });
    expect(await client.call('echo', 1)).toBe(1);
  });

  it('refuse arguments that cannot be sent, and go on afterwards', async () => {
    const { client } = connect();
    await expect(client.call('echo', () => {})).rejects.toThrow(/clone/);
    expect(await client.call('echo', 1)).toBe(1);
  });

  it('report progress in order, before the result', async () => {
    const { client } = connect();
    const seen: number[] = [];
    await client.call('slow', { steps: 3 }, { onProgress: (step) => seen.push(step) });
    expect(seen).toEqual([1, 2, 3]);
  });

  it('move buffers both ways instead of copying them', async () => {
    const { client } = connect();
    const buffer = new ArrayBuffer(8);
    expect(await client.call('length', buffer, { transfer: [buffer] })).toBe(8);
    expect(buffer.byteLength).toBe(0);
    expect((await client.call('give', 16)).byteLength).toBe(16);
  });
});

describe('abort', () => {
  it('rejects at once, stops the work, and harms no other call', async () => {
    const { client, state } = connect();
    const controller = new AbortController();
    const seen: number[] = [];
    const slow = client.call(
      'slow',
      { steps: 50 },
      { signal: controller.signal, onProgress: (n) => seen.push(n) },
    );
    const other = client.call('slow', { steps: 4 });
    await sleep(12);
    controller.abort();
    await expect(slow).rejects.toMatchObject({ code: 'aborted' });
    const reported = seen.length;
    expect(await other).toBe('done');
    expect(state.aborted).toBe(1);
    expect(seen).toHaveLength(reported);
  });

  it('rejects before anything is sent where the signal has fired already', async () => {
    const { client, state } = connect();
    await expect(client.call('echo', 1, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'aborted',
    });
    expect(state.spawned).toBe(0);
  });

  it('changes nothing after the result', async () => {
    const { client } = connect();
    const controller = new AbortController();
    expect(await client.call('echo', 1, { signal: controller.signal })).toBe(1);
    controller.abort();
    expect(await client.call('echo', 2)).toBe(2);
  });
});

describe('a dead worker', () => {
  it('is replaced, and its calls are sent once more', async () => {
    let restarts = 0;
    const { client, state } = connect({ onEnd: () => restarts++ });
    const calls = [client.call('survive', { deaths: 1 }), client.call('slow', { steps: 3 })];
    expect(await Promise.all(calls)).toEqual([2, 'done']);
    expect({ restarts, ...state }).toMatchObject({ restarts: 1, spawned: 2, terminated: 1 });
  });

  it('fails a call that kills two, and serves the next one', async () => {
    const { client, state } = connect();
    await expect(client.call('survive', { deaths: 5 })).rejects.toMatchObject({ code: 'worker-died' });
    expect(state.spawned).toBe(2);
    expect(await client.call('echo', 'again')).toBe('again');
    expect(state.spawned).toBe(3);
  });

  it('fails a call whose buffers were moved into it, since they are gone', async () => {
    const { client, state } = connect();
    const buffer = new ArrayBuffer(8);
    const moved = client.call('length', buffer, { transfer: [buffer] });
    state.die();
    await expect(moved).rejects.toMatchObject({ code: 'worker-died' });
  });

  it('says nothing about calls that were aborted before', async () => {
    const { client, state } = connect();
    const controller = new AbortController();
    const slow = client.call('slow', { steps: 50 }, { signal: controller.signal });
    controller.abort();
    await expect(slow).rejects.toMatchObject({ code: 'aborted' });
    state.die();
    expect(await client.call('echo', 1)).toBe(1);
  });
});

describe('a restart', () => {
  it('sends what is in flight to a fresh worker, as often as it takes', async () => {
    let restarts = 0;
    const { client, state } = connect({ onEnd: () => restarts++ });
    const survives = client.call('survive', { deaths: 0 });
    expect(await survives).toBe(1);
    const slow = client.call('slow', { steps: 5 });
    for (let i = 0; i < 3; i++) {
      await sleep(8);
      client.restart();
    }
    expect(await slow).toBe('done');
    expect({ restarts, ...state }).toMatchObject({ restarts: 3, spawned: 4, terminated: 3 });
  });

  it('starts nothing where no worker runs, and fails what cannot be sent again', async () => {
    const { client, state } = connect();
    client.restart();
    expect(state.spawned).toBe(0);
    const buffer = new ArrayBuffer(8);
    const moved = client.call('length', buffer, { transfer: [buffer] });
    client.restart();
    await expect(moved).rejects.toMatchObject({ code: 'worker-died' });
  });
});

it('dispose rejects what is in flight, and the next call starts afresh', async () => {
  const { client, state } = connect();
  const slow = client.call('slow', { steps: 50 });
  client.dispose();
  await expect(slow).rejects.toMatchObject({ code: 'aborted' });
  expect(state.terminated).toBe(1);
  expect(await client.call('echo', 1)).toBe(1);
  expect(state.spawned).toBe(2);
});

it('the server answers an unknown method with an error', async () => {
  const { port1, port2 } = new MessageChannel();
  open.push(port1, port2);
  serve<TestApi>({} as Handlers<TestApi>, port2 as unknown as ServerScope);
  port2.start();
  const answer = new Promise((resolve) => {
    port1.addEventListener('message', (event) => resolve(event.data));
  });
  port1.start();
  port1.postMessage({ type: 'call', id: 1, method: 'toString', args: null } satisfies Request);
  expect(await answer).toMatchObject({ type: 'err', id: 1, error: { code: 'internal' } });
});

describe('an aborted call that the worker cannot interrupt', () => {
  it('holds up no call for longer than that one is patient', async () => {
    const { client, state } = connect();
    const abort = new AbortController();
    const superseded = client.call('deaf', null, { signal: abort.signal });
    superseded.catch(ignored);
    await client.call('echo', 1);
    abort.abort();
    expect(await client.call('deaf', null, { patience: 30 })).toBe(2);
    expect(state).toMatchObject({ spawned: 2, terminated: 1 });
  });

  it('ends the worker also where the other call waits already', async () => {
    const { client, state } = connect();
    const abort = new AbortController();
    client.call('deaf', null, { signal: abort.signal }).catch(ignored);
    const waiting = client.call('deaf', null, { patience: 30 });
    abort.abort();
    expect(await waiting).toBe(2);
    expect(state.spawned).toBe(2);
  });

  it('is waited for by calls that did not limit their patience', async () => {
    const { client, state } = connect();
    const abort = new AbortController();
    client.call('deaf', null, { signal: abort.signal }).catch(ignored);
    await client.call('echo', 1);
    abort.abort();
    expect(await client.call('slow', { steps: 10 })).toBe('done');
    expect(state.spawned).toBe(1);
  });

  it('costs no worker where it comes to an end in time', async () => {
    const { client, state } = connect();
    const abort = new AbortController();
    client.call('slow', { steps: 10 }, { signal: abort.signal }).catch(ignored);
    await client.call('echo', 1);
    abort.abort();
    expect(await client.call('slow', { steps: 50 }, { patience: 10_000 })).toBe('done');
    expect(state.spawned).toBe(1);
  });
});

describe('a worker without work', () => {
  /** Resolves with the first end of a client's worker. */
  function connectIdle(idleMs?: number) {
    let tell: (why: string) => void = () => {};
    const ended = new Promise<string>((resolve) => {
      tell = resolve;
    });
    return { ...connect({ idleMs, onEnd: (why) => tell(why) }), ended };
  }

  it('is ended after a while, and the next call starts another', async () => {
    const { client, state, ended } = connectIdle(1);
    expect(client.isRunning).toBe(false);
    await client.call('echo', 1);
    expect(client.isRunning).toBe(true);
    expect(await ended).toBe('idle');
    expect(client.isRunning).toBe(false);
    expect(state.terminated).toBe(1);
    expect(await client.call('echo', 2)).toBe(2);
    expect(state.spawned).toBe(2);
  });

  it('is not ended while a call is in flight, or one that was aborted still runs', async () => {
    const { client, state, ended } = connectIdle(1);
    const abort = new AbortController();
    let steps = 0;
    client
      .call('slow', { steps: 4 }, { signal: abort.signal, onProgress: () => abort.abort() })
      .catch(ignored);
    expect(await client.call('slow', { steps: 6 }, { onProgress: () => steps++ })).toBe('done');
    expect(steps).toBe(6);
    expect(state).toMatchObject({ spawned: 1, terminated: 0, aborted: 1 });
    expect(await ended).toBe('idle');
  });

  it('is ended at once where it is released, or with its last call', async () => {
    const { client, state, ended } = connectIdle();
    client.release();
    const last = client.call('slow', { steps: 2 });
    client.release();
    expect(state.terminated).toBe(0);
    expect(await last).toBe('done');
    expect(await ended).toBe('idle');
    expect(state.terminated).toBe(1);
    // A call after the release keeps the new worker.
    await client.call('echo', 1);
    expect(client.isRunning).toBe(true);
    client.release();
    expect(client.isRunning).toBe(false);
  });

  it('stays where nobody limits its time', async () => {
    const { client, state } = connect();
    await client.call('echo', 1);
    await sleep(5);
    expect(state.terminated).toBe(0);
  });
});
