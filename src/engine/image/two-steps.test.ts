import { describe, expect, it, vi } from 'vitest';
import type { PlainTensor, Session } from '../ort/runtime';
import { inTwoSteps } from './two-steps';

const SIDE = 16;

function inputs(k: number, ...ids: number[]) {
  return {
    ids: { data: Int32Array.from(ids), dims: [1, ids.length] },
    k: { data: Int32Array.of(k), dims: [1] },
  };
}

/** A decoder whose picture is its features, twice as large; these are the first token's share of 10 everywhere. */
function decoder() {
  const begin = vi.fn(async (given: Readonly<Record<string, PlainTensor>>): Promise<PlainTensor> => {
    const value = given.ids!.data[0]! / 10;
    const data = Float32Array.from({ length: 64 }, (_, i) => value * (1 + (i % 7) / 7));
    return { data, dims: [1, 1, 8, 8] };
  });
  const end = vi.fn(
    async (
      given: Readonly<Record<string, PlainTensor>>,
      _: string,
      signal?: AbortSignal,
    ): Promise<PlainTensor> => {
      signal?.throwIfAborted();
      const data = Float32Array.from(
        { length: 3 * SIDE * SIDE },
        (_, i) => given.features!.data[((Math.floor(i / SIDE) % SIDE) >> 1) * 8 + ((i % SIDE) >> 1)]!,
      );
      return { data, dims: [1, 3, SIDE, SIDE] };
    },
  );
  const session = (run: typeof begin | typeof end) =>
    ({ run, runAll: vi.fn(), release: vi.fn() }) as unknown as Session;
  return { begin, end, of: (slowMs?: number) => inTwoSteps(session(begin), session(end), slowMs) };
}

describe('a decoder in two parts', () => {
  it('draws, and sketches once it has drawn', async () => {
    const { begin, of } = decoder();
    const steps = of(0);
    expect(await steps.sketch(inputs(1, 3), SIDE)).toBeUndefined();
    expect(begin).not.toHaveBeenCalled(); // nothing is computed for a sketch that cannot be drawn
    await steps.draw(inputs(1, 3));
    const sketch = await steps.sketch(inputs(1, 4), SIDE);
    const { data } = await steps.draw(inputs(1, 4));
    expect(sketch!.data).toHaveLength(data.length);
    for (const [i, value] of data.entries()) expect(sketch!.data[i]).toBeCloseTo(value, 2);
  });

  it('runs the first part once for a sketch and its picture, and again for other tokens', async () => {
    const { begin, of } = decoder();
    const steps = of(0);
    await steps.draw(inputs(1, 3, 5));
    await steps.draw(inputs(1, 3, 6)); // tokens from k on do not matter
    expect(begin).toHaveBeenCalledTimes(1);
    await steps.draw(inputs(2, 3, 6));
    await steps.draw(inputs(2, 3, 7));
    expect(begin).toHaveBeenCalledTimes(3);
  });

  it('has no sketches where the picture is there at once', async () => {
    const steps = decoder().of();
    await steps.draw(inputs(1, 3));
    expect(await steps.sketch(inputs(1, 3), SIDE)).toBeUndefined();
  });

  it('can be aborted between the parts', async () => {
    const { begin, of } = decoder();
    await expect(of(0).draw(inputs(1, 3), AbortSignal.abort())).rejects.toThrow();
    expect(begin).toHaveBeenCalledTimes(1);
  });
});
