import { expect, it } from 'vitest';
import { pauses } from './slices';

it('pauses let other tasks run every few milliseconds, and see the signal', async () => {
  const stop = new AbortController();
  const shares: number[] = [];
  const pause = pauses({ signal: stop.signal, onProgress: (share) => shares.push(share) });
  let ran = 0;
  setTimeout(() => ran++, 0);
  await pause(0.5);
  expect(ran).toBe(0);
  const end = performance.now() + 30;
  while (performance.now() < end) await pause(0.5);
  expect(ran).toBe(1);
  expect(new Set(shares)).toEqual(new Set([0.5]));
  stop.abort();
  await expect(pause(0.5)).rejects.toMatchObject({ code: 'aborted' });
});
