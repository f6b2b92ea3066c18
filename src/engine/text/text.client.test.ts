import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { WorkerLike } from '../rpc/client';
import { type Handlers, type ServerScope, serve } from '../rpc/server';
import type { TextWorkerApi } from './study.api';
import { TextWorker } from './text.client';
import { textHandlers } from './text.service';

const SECOND = 10;

const open: MessagePort[] = [];
afterEach(() => {
  for (const port of open.splice(0)) port.close();
});

/**
 * A client and its workers, which run the real service. A text with a `!` makes a worker fall silent for
 * good, as an endless pattern does.
 */
function connect(second = SECOND) {
  const state = { spawned: 0, bytesSent: 0 };
  const worker = new TextWorker(() => {
    state.spawned++;
    const { port1, port2 } = new MessageChannel();
    open.push(port1, port2);
    let isStuck = false;
    const real = textHandlers(() => Promise.reject(new Error('No vocabulary is needed.')));
    const never = new Promise<never>(() => {});
    const handlers: Handlers<TextWorkerApi> = {
      ...real,
      async segment(args, context) {
        if (isStuck) return never;
        if (args.text.bytes) state.bytesSent += args.text.bytes.length;
        if (args.text.bytes?.includes(0x21)) {
          context.progress({ phase: 'encode', share: 0 });
          isStuck = true;
          return never;
        }
        return real.segment(args, context);
      },
      ping: () => (isStuck ? never : Promise.resolve(null)),
    };
    serve<TextWorkerApi>(handlers, port2 as unknown as ServerScope);
    port1.start();
    port2.start();
    const like: WorkerLike = {
      postMessage: (message, transfer) => port1.postMessage(message, transfer),
      terminate: () => port1.close(),
      addEventListener: (type, listener) => {
        if (type === 'message') port1.addEventListener(type, listener);
      },
    };
    return like;
  }, second);
  let key = 0;
  const text = (content: string) => ({ key: ++key, bytes: new TextEncoder().encode(content) });
  const args = {
    tokenizer: { id: 'utf8-bytes', label: 'Bytes', spec: { kind: 'utf8-bytes' } },
    options: { width: 80, ids: false },
  } as const;
  const cut = (of: ReturnType<typeof text>, signal?: AbortSignal) =>
    worker.cut('segment', args, of, { signal });
  return { worker, state, text, cut, args };
}

describe('a text worker', () => {
  it('is sent a text once', async () => {
    const { worker, state, text, cut, args } = connect();
    const one = text('four');
    expect((await cut(one)).tokens.ids).toHaveLength(4);
    await cut(one);
    await worker.cut('layout', args, one, {});
    expect(state.bytesSent).toBe(4);
    worker.client.restart();
    expect((await cut(one)).tokens.ids).toHaveLength(4);
    expect(state).toEqual({ spawned: 2, bytesSent: 8 });
  });

  it('that falls silent over a text is started again, and says whose pattern it was', async () => {
    const { state, text, cut } = connect();
    const stuck = cut(text('endless!'));
    await expect(stuck).rejects.toMatchObject({
      code: 'tokenizer-stuck',
      message: expect.stringContaining('The pattern of Bytes took more than 10 s'),
    });
    expect((await cut(text('next'))).tokens.ids).toHaveLength(4);
    expect(state.spawned).toBe(2);
  });

  it('takes what else was asked of it to its successor', async () => {
    const { worker, text, cut, args } = connect();
    const stuck = cut(text('endless!'));
    const { tokenizer } = args;
    await sleep(SECOND);
    const other = worker.client.call('lookUp', { tokenizer, query: { id: 65 } });
    const next = cut(text('next'));
    await expect(stuck).rejects.toMatchObject({ code: 'tokenizer-stuck' });
    expect(await other).toMatchObject([{ id: 65 }]);
    expect((await next).tokens.ids).toHaveLength(4);
  });

  it('wastes no patience on work that nobody wants any more', async () => {
    const second = 300; // so long that what a busy machine adds does not count
    const { state, text, cut } = connect(second);
    const controller = new AbortController();
    const stuck = cut(text('endless!'), controller.signal);
    await sleep(second);
    const start = performance.now();
    controller.abort();
    await expect(stuck).rejects.toMatchObject({ code: 'aborted' });
    expect((await cut(text('next'))).tokens.ids).toHaveLength(4);
    // Not the ten seconds that a pattern has.
    expect(performance.now() - start).toBeLessThan(9 * second);
    expect(state.spawned).toBe(2);
  });

  it('that only takes long is left alone', async () => {
    const { state, text, cut } = connect();
    const long = text('x'.repeat(3_000_000));
    const controller = new AbortController();
    expect((await cut(long, controller.signal)).tokens.ids).toHaveLength(3_000_000);
    await sleep(15 * SECOND);
    expect((await cut(text('next'))).tokens.ids).toHaveLength(4);
    expect(state.spawned).toBe(1);
  });
});
