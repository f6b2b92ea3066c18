import { expect, it } from 'vitest';
import { pauses } from './slices';

it('pauses let other tasks run every few milliseconds, and see the signal', async () => {
  const stop = new AbortController();
  const pause = pauses(stop.signal);
  let ran = 0;
  setTimeout(() => ran++, 0);
  await pause();
  expect(ran).toBe(0);
  const end = performance.now() + 30;
  while (performance.now() < end) await pause();
  expect(ran).toBe(1);
  stop.abort();
  await expect(pause()).rejects.toMatchObject({ code: 'aborted' });
});
