import { expect, it } from 'vitest';
import { createNodeRuntime } from '../ort/node';
import { measurePace, trial } from './pace';

it('times a layer and a block as families build them, and gives multiply-accumulates a second', async () => {
  expect(trial().multiplications / 1e9).toBeCloseTo(1.9, 1);
  const pace = await measurePace(createNodeRuntime(1));
  expect(pace).toBeGreaterThan(1e8);
  expect(pace).toBeLessThan(1e14);
});

it('stops when nobody waits for it any more', async () => {
  const stop = new AbortController();
  stop.abort();
  await expect(measurePace(createNodeRuntime(1), stop.signal)).rejects.toMatchObject({ code: 'aborted' });
});
