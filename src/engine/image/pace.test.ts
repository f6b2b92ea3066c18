import { expect, it } from 'vitest';
import { createNodeRuntime } from '../ort/node';
import { measurePace, trial } from './pace';

it.each([
  ['wasm', 2],
  ['webgpu', 1.9],
] as const)('times a layer and a block as families build them for %s', async (backend, billions) => {
  expect(trial(backend).multiplications / 1e9).toBeCloseTo(billions, 1);
  const pace = await measurePace(createNodeRuntime(1), backend);
  expect(pace).toBeGreaterThan(1e8);
  expect(pace).toBeLessThan(1e14);
});

it('stops when nobody waits for it any more', async () => {
  const stop = new AbortController();
  stop.abort();
  await expect(measurePace(createNodeRuntime(1), 'wasm', stop.signal)).rejects.toMatchObject({
    code: 'aborted',
  });
});
