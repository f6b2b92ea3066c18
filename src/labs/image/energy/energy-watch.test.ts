import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TokenoscopeError } from '../../../core/errors';
import { onShareScale } from '../../../core/image/token-change';
import { tinyLab } from '../testing/tiny-lab';
import { EnergyWatch } from './energy-watch';

beforeEach(() => void vi.stubGlobal('matchMedia', () => ({ matches: true })));
afterEach(() => void vi.unstubAllGlobals());

/** A limit for what hangs, as the suite has it. */
const LIMIT_MS = 50_000;

const black = async () => new Uint8ClampedArray(64 * 64 * 4);

/** A lab whose frames are of one grey each: the id of the last token. */
async function opened() {
  const tiny = tinyLab();
  tiny.session.activate();
  await tiny.settled();
  tiny.session.setModel(tiny.lead(), 'karhunen-64');
  await tiny.settled();
  const ids = tiny.lead().opened.get()!.ids;
  return { ...tiny, greys: Array.from(ids, (id) => id % 256) };
}

/** Shares by their definition. */
function expectedShares(greys: readonly number[], base: number): number[] {
  const changes = greys.map((grey, i) => (grey - (greys[i - 1] ?? base)) ** 2);
  const total = changes.reduce((sum, change) => sum + change, 0);
  return changes.map((change) => change / total);
}

async function complete(watch: EnergyWatch) {
  await vi.waitFor(() => expect(watch.energies.get().known).toBe(128), { timeout: LIMIT_MS });
  return watch.energies.get();
}

describe('the energies of tokens', () => {
  it('are the shares of all change, from the frames that are decoded ahead', async () => {
    const { lead, greys } = await opened();
    const watch = new EnergyWatch(lead(), black);
    const { shares, scale, base, asks } = await complete(watch);
    const expected = expectedShares(greys, 0);
    for (const [i, share] of expected.entries()) expect(shares[i]).toBeCloseTo(share, 5);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1);
    expect(scale[3]).toBeCloseTo(onShareScale(shares[3]!));
    expect({ base, asks }).toEqual({ base: 'mean', asks: false });
    watch.dispose();
  });

  it('begin at grey where the model draws nothing without a token', async () => {
    const { lead, greys } = await opened();
    const watch = new EnergyWatch(lead(), async () => {
      throw new TokenoscopeError('model-run', 'It draws nothing from no token.');
    });
    const { shares, base } = await complete(watch);
    expect(base).toBe('grey');
    expect(shares[0]).toBeCloseTo(expectedShares(greys, 128)[0]!, 5);
    watch.dispose();
  });

  it('of other tokens do not wait for what the model draws without any', async () => {
    const { lead, greys } = await opened();
    let draw = (_: Uint8ClampedArray) => {};
    const drawn = new Promise<Uint8ClampedArray>((resolve) => {
      draw = resolve;
    });
    const watch = new EnergyWatch(lead(), () => drawn);
    await vi.waitFor(() => expect(watch.energies.get().known).toBe(127), { timeout: LIMIT_MS });
    expect(watch.energies.get()).toMatchObject({ base: null });
    draw(await black());
    const { shares, base } = await complete(watch);
    expect(base).toBe('mean');
    expect(shares[0]).toBeCloseTo(expectedShares(greys, 0)[0]!, 5);
    watch.dispose();
  });

  it('that were stopped and are asked for again are computed until the end', async () => {
    const { lead, engine } = await opened();
    const release = engine.hold('decode karhunen-64 ahead');
    lead().play(
      { ...lead().opened.get()!, ids: new Uint32Array(128).fill(11) },
      { k: 5, bytes: 10 },
      () => {},
    );
    const watch = new EnergyWatch(lead(), black);
    const hold = engine.hold('decode karhunen-64');
    const first = watch.run();
    watch.cancel();
    const second = watch.run();
    expect(watch.energies.get().running).toBe(true);
    hold();
    await first;
    // The end of the first is not that of the second.
    expect(watch.energies.get().running).toBe(true);
    await second;
    expect((await complete(watch)).running).toBe(false);
    release();
    watch.dispose();
  });

  it('are asked for where nothing is decoded ahead, can be stopped, and then hold what is known', async () => {
    const { lead, engine, settled } = await opened();
    const release = engine.hold('decode karhunen-64 ahead');
    const watch = new EnergyWatch(lead(), black);
    // No frame of it is cached: the row is one that was never drawn.
    lead().play(
      { ...lead().opened.get()!, ids: new Uint32Array(128).fill(7) },
      { k: 5, bytes: 10 },
      () => {},
    );
    await settled();
    await vi.waitFor(() => expect(watch.energies.get().asks).toBe(true), { timeout: LIMIT_MS });
    const hold = engine.hold('decode karhunen-64');
    const running = watch.run();
    expect(engine.calls.at(-1)).toBe('decode karhunen-64');
    watch.cancel();
    hold();
    await running;
    expect(watch.energies.get()).toMatchObject({ running: false, problem: null });
    await watch.run();
    await complete(watch);
    release();
    watch.dispose();
  });

  it('say why a frame could not be decoded', async () => {
    const { lead, engine } = await opened();
    lead().play(
      { ...lead().opened.get()!, ids: new Uint32Array(128).fill(9) },
      { k: 5, bytes: 10 },
      () => {},
    );
    engine.fail('decode karhunen-64 ahead', new TokenoscopeError('model-run', 'It broke.', 'Try again.'));
    engine.fail('decode karhunen-64', new TokenoscopeError('model-run', 'It broke.', 'Try again.'));
    const watch = new EnergyWatch(lead(), black);
    await watch.run();
    expect(watch.energies.get().problem?.message).toBe('It broke.');
    watch.dispose();
  });
});
