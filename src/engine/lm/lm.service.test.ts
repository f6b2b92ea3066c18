import { describe, expect, it, vi } from 'vitest';
import { TokenoscopeError } from '../../core/errors';
import { encodeUtf8 } from '../../core/text/utf8';
import { createNodeRuntime } from '../ort/node';
import { lmHandlers } from './lm.service';
import { readLmFolder } from './lm-folder';
import type { LmParts } from './open-models';

/** The worker's work over the repository's models, and what it said. */
function start(fetch?: LmParts['fetch'], startRuntime: LmParts['start'] = () => createNodeRuntime(1)) {
  const fetched = vi.fn<LmParts['fetch']>(fetch ?? (({ id }) => readLmFolder(`public/lm/${id}`)));
  const handlers = lmHandlers({ start: startRuntime, fetch: fetched });
  const said: unknown[] = [];
  const context = (signal = new AbortController().signal) => ({
    signal,
    progress: (value: unknown) => said.push(value),
    transfer: () => {},
  });
  const model = (id: string) => ({ id, folderUrl: 'http://localhost/lm/' });
  return { handlers, context, model, fetched, said };
}

describe('the language models’ worker', () => {
  it('reads a text, and does not read again what begins alike', async () => {
    const { handlers, context, model, fetched, said } = start();
    const text = encodeUtf8('Once upon a time there was a small town. '.repeat(30));
    const whole = await handlers.readTokens({ model: model('lm-draft'), bytes: text }, context());
    expect(whole).toMatchObject({ count: text.length });
    expect(said.length).toBeGreaterThan(0);
    const edited = encodeUtf8('Once upon a time there was a small tower.');
    const again = await handlers.readTokens({ model: model('lm-draft'), bytes: edited }, context());
    expect(Array.from(again.bits.subarray(0, 30))).toEqual(Array.from(whole.bits.subarray(0, 30)));
    expect(fetched).toHaveBeenCalledTimes(1);
    const nothing = await handlers.readTokens(
      { model: model('lm-draft'), bytes: new Uint8Array() },
      context(),
    );
    expect(nothing).toMatchObject({ count: 0, starts: Uint32Array.of(0) });
  });

  it('spells tokens, and reads a model over tokens byte by byte', async () => {
    const { handlers, context, model } = start();
    const { bytes, starts } = await handlers.spell({ model: model('lm-bpe') }, context());
    expect(starts).toHaveLength(2049);
    // The start is no part of a text.
    expect(starts[1]).toBe(0);
    expect(starts.at(-1)).toBe(bytes.length);
    const text = encodeUtf8('It was the best of times, it was the');
    const tokens = await handlers.readTokens({ model: model('lm-bpe'), bytes: text }, context());
    const exact = await handlers.readBytes({ model: model('lm-bpe'), bytes: text }, context());
    expect(exact.count).toBe(text.length);
    const sum = (bits: Float64Array) => bits.reduce((total, each) => total + each, 0);
    // What other tokens would give the same bytes counts as well, and what cannot follow does not.
    expect(sum(exact.bits)).toBeLessThan(sum(tokens.bits));
    expect(sum(exact.bits)).toBeGreaterThan(sum(tokens.bits) - 8);
  });

  it('tells what failed, and tries again', async () => {
    let tries = 0;
    const { handlers, context, model } = start(async ({ id }) => {
      if (tries++ === 0) throw new TokenoscopeError('model-fetch', 'No connection.');
      return await readLmFolder(`public/lm/${id}`);
    });
    const ask = () => handlers.spell({ model: model('lm-draft') }, context());
    await expect(ask()).rejects.toMatchObject({ code: 'model-fetch' });
    expect((await ask()).starts).toHaveLength(257);
    const gone = new AbortController();
    gone.abort();
    await expect(
      handlers.readTokens({ model: model('lm-draft'), bytes: encodeUtf8('ab') }, context(gone.signal)),
    ).rejects.toMatchObject({ code: 'aborted' });
  });

  it('starts the runtime again where it failed', async () => {
    let tries = 0;
    const { handlers, context, model } = start(undefined, async () => {
      if (tries++ === 0) throw new TokenoscopeError('model-fetch', 'No connection.');
      return createNodeRuntime(1);
    });
    const ask = () => handlers.spell({ model: model('lm-draft') }, context());
    await expect(ask()).rejects.toMatchObject({ code: 'model-fetch' });
    expect((await ask()).starts).toHaveLength(257);
  });
});
