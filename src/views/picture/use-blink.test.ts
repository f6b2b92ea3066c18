import { expect, it } from 'vitest';
import { PACES, SHORTEST_MS, waitBefore } from './use-blink';

it('never changes the picture more than twice a second', () => {
  expect(Math.min(...Object.values(PACES))).toBeGreaterThanOrEqual(500);
  expect(SHORTEST_MS).toBeGreaterThanOrEqual(500);
  expect(waitBefore(1000, 1100)).toBe(400);
  expect(waitBefore(1000, 1500)).toBe(0);
  expect(waitBefore(Number.NEGATIVE_INFINITY, 0)).toBe(0);
});
