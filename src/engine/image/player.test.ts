import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { TokenoscopeError } from '../../core/errors';
import type { Sampling } from '../../core/image/sampling';
import type { Backend } from '../host/backend';
import { FrameCache } from './frame-cache';
import type { Frame } from './image.api';
import { forgetFrames } from './player';
import { keepFrame, PrefixPlayer, prefixTicks } from './prefix-player';

afterEach(() => vi.unstubAllGlobals());

/** An engine whose decodes end when the test says so, in any order. */
function stage(count = 8, sampling?: Sampling, restMs = 0, model = 'm') {
  const started: {
    k: number;
    background: boolean;
    signal: AbortSignal | undefined;
    sampling: Sampling | undefined;
  }[] = [];
  const pending = new Map<
    number,
    { resolve: (ms?: number, kind?: Partial<Frame>) => void; reject: (error: unknown) => void }
  >();
  const state = { backend: 'wasm' as Backend };
  const engine: ConstructorParameters<typeof PrefixPlayer>[0] = {
    report: () => ({ backend: state.backend, threads: 1, reason: '' }),
    decode: (_model, { k, sampling: drawn }, { background = false, signal, onStep } = {}) =>
      new Promise<Frame>((resolve, reject) => {
        started.push({ k, background, signal, sampling: drawn });
        onStep?.({ step: k, of: count });
        pending.set(k, {
          resolve: (ms = 1, kind = {}) => resolve({ ...frame(k, ms), ...kind }),
          reject,
        });
        signal?.addEventListener('abort', () => reject(new TokenoscopeError('aborted', '')));
      }),
  };
  const ids = Uint32Array.from({ length: count }, (_, i) => i);
  const source = { model, ids, original: null, sampling };
  const cache = new FrameCache(1e6);
  const player = new PrefixPlayer(engine, source, cache, restMs);
  const shown: number[] = [];
  const errors: unknown[] = [];
  player.onFrame(({ k }) => shown.push(k));
  player.onError((error) => errors.push(error));
  return {
    player,
    engine,
    source,
    cache,
    state,
    started,
    shown,
    errors,
    ks: () => started.map(({ k }) => k),
    finish: async (k: number, ms?: number, kind?: Partial<Frame>) => {
      pending.get(k)!.resolve(ms, kind);
      await turn();
    },
    fail: async (k: number, error: unknown) => {
      pending.get(k)!.reject(error);
      await turn();
    },
  };
}

const frame = (k: number, ms: number): Frame => ({
  k,
  width: 1,
  height: 1,
  rgba: new Uint8ClampedArray(4),
  metrics: {},
  ms,
});

describe('a rough frame', () => {
  const rough = { isRough: true };
  const checkpoint = () => stage(8, undefined, 0, `file:${'0'.repeat(64)}`);

  it('tells of frames that another player of the same picture has made', async () => {
    const { player, engine, source, cache, finish } = stage(2);
    const heard: number[] = [];
    const other = new PrefixPlayer(engine, source, cache);
    other.onCached(({ k }) => heard.push(k));
    player.show(1);
    await finish(1);
    other.prefetch([1]);
    expect(heard).toEqual([1]);
  });

  it('is shown and not kept, and the picture itself follows at once', async () => {
    const { player, shown, finish, cache, started } = checkpoint();
    player.show(4);
    await finish(4, 9000, rough);
    expect(shown).toEqual([4]);
    expect(cache.bytes).toBe(0);
    expect(started.map(({ k, background }) => [k, background])).toEqual([
      [4, false],
      [4, true],
    ]);
    await finish(4, 9000);
    expect(shown).toEqual([4, 4]);
    expect(cache.bytes).toBeGreaterThan(0);
  });

  it('comes before what is made ahead', async () => {
    const { player, finish, ks } = checkpoint();
    player.prefetch([1, 2]);
    player.show(4);
    await finish(4, 9000, rough);
    await finish(4);
    await finish(1);
    // The first two made ahead gave way: to the request, and to what it owed.
    expect(ks()).toEqual([1, 4, 1, 4, 1, 2]);
  });

  it('is not drawn in full once the slider is elsewhere', async () => {
    const { player, shown, finish, ks, started } = checkpoint();
    player.show(4);
    await finish(4, 9000, rough);
    player.show(5);
    await turn();
    expect(started[1]!.signal?.aborted).toBe(true);
    await finish(5, 9000, rough);
    await finish(5, 9000);
    expect(ks()).toEqual([4, 4, 5, 5]);
    expect(shown).toEqual([4, 5, 5]);
  });

  it('is not drawn in full where the slider moves on before it is there', async () => {
    const { player, shown, finish, ks } = checkpoint();
    player.show(4);
    player.show(5);
    await finish(4, 9000, rough);
    expect(shown).toEqual([4]);
    expect(ks()).toEqual([4, 5]);
    await finish(5, 9000, rough);
    expect(ks()).toEqual([4, 5, 5]);
  });

  it('ends what is made ahead for a request, and takes it up again', async () => {
    const { player, finish, ks, started } = checkpoint();
    player.show(4);
    await finish(4, 9000, rough);
    player.prefetch([1]);
    await finish(4, 9000);
    player.show(5);
    await turn();
    expect(started[2]).toMatchObject({ k: 1, signal: expect.objectContaining({ aborted: true }) });
    await finish(5, 9000, rough);
    await finish(5, 9000);
    expect(ks().slice(0, 4)).toEqual([4, 4, 1, 5]);
    expect(ks().slice(4)).toContain(1);
  });

  it('does not hide that the picture itself fails', async () => {
    const { player, errors, finish, fail, ks } = checkpoint();
    player.show(4);
    await finish(4, 9000, rough);
    await fail(4, new TokenoscopeError('model-run', 'no'));
    expect(errors).toHaveLength(1);
    expect(ks()).toEqual([4, 4]); // and is not tried for ever
  });
});

describe('a draft', () => {
  it('is shown and not kept, and gives way to the picture itself', async () => {
    const { player, shown, finish, cache } = stage();
    player.show(4);
    await finish(4, 1, { isDraft: true });
    expect(shown).toEqual([4]);
    expect(cache.bytes).toBe(0);
    player.prefetch([2, 4]);
    await finish(2);
    expect(shown).toEqual([4]);
    await finish(4);
    expect(shown).toEqual([4, 4]);
  });

  it('stays where another position is wanted by then', async () => {
    const { player, shown, finish } = stage();
    player.show(4);
    await finish(4, 1, { isDraft: true });
    player.prefetch([4]);
    player.show(5);
    await finish(4);
    await finish(5);
    expect(shown).toEqual([4, 5]);
  });

  it('that came with the encoding is shown without another, and gives way as well', async () => {
    const { engine, source, ks, finish } = stage();
    keepFrame(engine, source, { ...frame(4, 1), isDraft: true });
    const player = new PrefixPlayer(engine, source, undefined, 0);
    const shown: (boolean | undefined)[] = [];
    player.onFrame(({ isDraft }) => shown.push(isDraft));
    player.show(4);
    expect([shown, ks(), player.cached(4)]).toEqual([[true], [], undefined]);
    player.prefetch([4]);
    await finish(4);
    expect(shown).toEqual([true, undefined]);
    forgetFrames('m');
  });

  it('does not hide that the model cannot be loaded', async () => {
    const { player, errors, finish, fail } = stage();
    player.show(4);
    await finish(4, 1, { isDraft: true });
    player.prefetch([2, 4]);
    const broken = new TokenoscopeError('model-run', 'It computes something else.');
    await fail(2, broken);
    expect(errors).toEqual([broken]);
  });
});

describe('show', () => {
  it('decodes the first and the latest of a fast drag, and none between', async () => {
    const { player, ks, shown, finish } = stage();
    for (const k of [1, 2, 3, 4, 5]) player.show(k);
    expect(ks()).toEqual([1]);
    await finish(1);
    expect(ks()).toEqual([1, 5]);
    await finish(5);
    expect(shown).toEqual([1, 5]);
    expect(ks()).toEqual([1, 5]);
  });

  it('answers a cached position at once, without decoding', async () => {
    const { player, ks, shown, finish } = stage();
    expect(player.cached(3)).toBeUndefined();
    player.show(3);
    await finish(3);
    expect(player.cached(3)?.k).toBe(3);
    player.show(3);
    expect(shown).toEqual([3, 3]);
    expect(ks()).toEqual([3]);
  });

  it('never puts an older position over a newer one', async () => {
    const { player, shown, finish } = stage();
    player.show(3);
    await finish(3);
    player.show(1); // in flight ...
    player.show(3); // ... while a cached one is shown
    player.show(7);
    await finish(1);
    await finish(7);
    expect(shown).toEqual([3, 3, 7]);
  });

  it('reports a failure, and goes on with the next', async () => {
    const { player, shown, errors, fail, finish } = stage();
    player.show(2);
    await fail(2, new TokenoscopeError('model-run', 'no'));
    expect(errors).toMatchObject([{ code: 'model-run' }]);
    player.show(4);
    await finish(4);
    expect(shown).toEqual([4]);
  });

  it('shares frames with a later player of the same tokens, not with another picture or backend', async () => {
    const { player, engine, source, cache, state, finish } = stage();
    player.show(2);
    await finish(2);
    player.dispose();
    expect(new PrefixPlayer(engine, source, cache).cached(2)?.k).toBe(2);
    const others = [
      { ...source, ids: source.ids.with(0, 99) },
      { ...source, model: 'n' },
      { ...source, original: new Uint8ClampedArray(4) },
      { ...source, sampling: { steps: 4, seed: 0 } },
    ];
    for (const other of others) expect(new PrefixPlayer(engine, other, cache).cached(2)).toBeUndefined();
    state.backend = 'webgpu';
    expect(new PrefixPlayer(engine, source, cache).cached(2)).toBeUndefined();
  });
});

describe('prefetch', () => {
  it('decodes the ticks first, then all others, one at a time in the background', async () => {
    const { player, started, ks, shown, finish } = stage(8);
    const cached: number[] = [];
    player.onCached(({ k }) => cached.push(k));
    player.prefetch();
    const order = [1, 2, 4, 8, 3, 5, 6, 7];
    for (const k of order) {
      expect(ks().at(-1)).toBe(k);
      await finish(k);
    }
    expect(ks()).toEqual(order);
    expect(cached).toEqual(order);
    expect(started.every(({ background }) => background)).toBe(true);
    expect(shown).toEqual([]);
  });

  it('does not wait for, and is not waited for by, a show', async () => {
    const { player, started, finish, shown } = stage(8);
    player.prefetch();
    player.show(6);
    expect(started.map(({ k, background }) => [k, background])).toEqual([
      [1, true],
      [6, false],
    ]);
    await finish(6);
    expect(shown).toEqual([6]);
  });

  it('skips what is cached, and takes another list over', async () => {
    const { player, ks, finish } = stage(8);
    player.show(2);
    await finish(2);
    player.prefetch([1, 2, 3]);
    player.prefetch([5, 2, 6]);
    await finish(1);
    await finish(5);
    await finish(6);
    expect(ks()).toEqual([2, 1, 5, 6]);
  });

  it('keeps to the ticks where frames are slow', async () => {
    const { player, ks, finish } = stage(8);
    player.prefetch();
    for (const k of [1, 2, 4, 8]) await finish(k, 900);
    expect(ks()).toEqual([1, 2, 4, 8]);
  });

  it('goes on to what is between the ticks only once nothing was asked for in a while', async () => {
    vi.useFakeTimers();
    try {
      const { player, ks, finish } = stage(4, undefined, 1000);
      player.prefetch();
      for (const k of [1, 2, 4]) await finish(k);
      await vi.advanceTimersByTimeAsync(900);
      player.show(2);
      await vi.advanceTimersByTimeAsync(900);
      expect(ks()).toEqual([1, 2, 4]);
      await vi.advanceTimersByTimeAsync(200);
      expect(ks()).toEqual([1, 2, 4, 3]);
      // Who has gone on meanwhile waits for nothing.
      await finish(3);
      player.prefetch();
      player.dispose();
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it('does not let what is asked for wait until the rest may begin', async () => {
    vi.useFakeTimers();
    try {
      const { player, ks, finish } = stage(4, undefined, 1000);
      player.prefetch();
      for (const k of [1, 2, 4]) await finish(k);
      expect(vi.getTimerCount()).toBe(1);
      player.prefetch([3]);
      await vi.advanceTimersByTimeAsync(0);
      expect(ks()).toEqual([1, 2, 4, 3]);
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it('starts over with a list that is given while the last decode of a failing one is in flight', async () => {
    const { player, ks, fail, finish } = stage(8);
    player.prefetch();
    player.prefetch([5, 6]); // as after a change of backend, which aborts what is in flight
    await fail(1, new TokenoscopeError('aborted', ''));
    await finish(5);
    expect(ks()).toEqual([1, 5, 6]);
  });

  it('ends at a failure without a word', async () => {
    const { player, ks, errors, fail } = stage(8);
    player.prefetch();
    await fail(1, new TokenoscopeError('model-run', 'no'));
    expect(ks()).toEqual([1]);
    expect(errors).toEqual([]);
  });
});

it('decodes nothing ahead while the page is hidden, and goes on when it is seen again', async () => {
  const page = Object.assign(new EventTarget(), { hidden: false });
  vi.stubGlobal('document', page);
  const { player, ks, finish } = stage();
  player.prefetch([1, 2, 3]);
  page.hidden = true;
  await finish(1);
  expect(ks()).toEqual([1]);
  player.show(7);
  await finish(7);
  expect(ks()).toEqual([1, 7]);
  page.hidden = false;
  page.dispatchEvent(new Event('visibilitychange'));
  await turn();
  expect(ks()).toEqual([1, 7, 2]);
  page.hidden = true;
  player.dispose();
  await turn();
  expect(ks()).toEqual([1, 7, 2]);
});

describe('a model that samples', () => {
  const sampling = { steps: 4, seed: 9 } as const;

  it('is asked to draw in these steps from this noise, and its frames are kept apart by both', async () => {
    const { player, engine, source, cache, started, finish } = stage(8, sampling);
    player.show(2);
    await finish(2);
    expect(started[0]?.sampling).toEqual(sampling);
    expect(new PrefixPlayer(engine, source, cache).cached(2)?.k).toBe(2);
    for (const other of [
      { steps: 8, seed: 9 },
      { steps: 4, seed: 1 },
      { steps: 'distilled', seed: 9 },
    ] as const) {
      expect(new PrefixPlayer(engine, { ...source, sampling: other }, cache).cached(2)).toBeUndefined();
    }
  });

  it('leaves the machine to the picture that is waited for, and then goes on ahead', async () => {
    const { player, ks, started, shown, finish } = stage(4, sampling);
    player.prefetch();
    player.show(3);
    expect(started[0]?.signal?.aborted).toBe(true);
    await finish(3);
    expect(shown).toEqual([3]);
    for (const k of [1, 2, 4]) await finish(k);
    expect(ks()).toEqual([1, 3, 1, 2, 4]);
  });

  it('tells its steps only of what is waited for', async () => {
    const { player, finish } = stage(4, sampling);
    const steps: number[] = [];
    player.onStep(({ step }) => steps.push(step));
    player.prefetch();
    player.show(3);
    await finish(3);
    expect(steps).toEqual([3]);
  });
});

it('dispose aborts what runs and calls nobody afterwards', async () => {
  const { player, started, shown, errors } = stage();
  player.show(1);
  player.prefetch();
  player.dispose();
  expect(started.every(({ signal }) => signal?.aborted)).toBe(true);
  await turn();
  player.show(2);
  await turn();
  expect({ shown, errors }).toEqual({ shown: [], errors: [] });
});

it('ticks are the powers of two and the full length', () => {
  expect(prefixTicks(1)).toEqual([1]);
  expect(prefixTicks(8)).toEqual([1, 2, 4, 8]);
  expect(prefixTicks(100)).toEqual([1, 2, 4, 8, 16, 32, 64, 100]);
});

it('makes a short row ahead whole, and of a long one no more positions than the cache holds', async () => {
  const short = stage(256);
  short.player.prefetch();
  for (let done = 0; done < short.started.length; done++) await short.finish(short.started[done]!.k);
  expect(short.ks()).toHaveLength(256);

  const long = stage(1024);
  long.player.prefetch();
  for (let done = 0; done < long.started.length; done++) await long.finish(long.started[done]!.k);
  expect(long.ks().slice(0, 11)).toEqual(prefixTicks(1024));
  const ks = long.ks().toSorted((a, b) => a - b);
  expect(ks).toHaveLength(192);
  expect(ks.slice(60, 66)).toEqual([61, 62, 63, 64, 66, 68]);
  expect(ks.slice(-2)).toEqual([1008, 1024]);
});
