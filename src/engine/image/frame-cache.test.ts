import { expect, it } from 'vitest';
import { FrameCache } from './frame-cache';
import type { Frame } from './image.api';

const frame = (k: number, bytes = 400): Frame => ({
  k,
  width: 10,
  height: 10,
  rgba: new Uint8ClampedArray(bytes),
  metrics: {},
  ms: 1,
});

it('drops what was used longest ago, once over the budget', () => {
  const cache = new FrameCache(1200);
  for (const k of [1, 2, 3]) cache.set(`k${k}`, frame(k));
  expect(cache.get('k1')?.k).toBe(1); // now k2 is the oldest
  cache.set('k4', frame(4));
  expect(['k1', 'k2', 'k3', 'k4'].map((key) => cache.peek(key) !== undefined)).toEqual([
    true,
    false,
    true,
    true,
  ]);
  expect(cache.bytes).toBe(1200);
});

it('counts a replaced frame once', () => {
  const cache = new FrameCache(1200);
  cache.set('k', frame(1));
  cache.set('k', frame(2, 800));
  expect(cache.bytes).toBe(800);
  expect(cache.get('k')?.k).toBe(2);
});

it('does not empty itself for a frame that can never fit', () => {
  const cache = new FrameCache(1000);
  cache.set('small', frame(1));
  cache.set('huge', frame(2, 1001));
  expect(cache.peek('huge')).toBeUndefined();
  expect(cache.peek('small')).toBeDefined();
});

it('looking does not count as use', () => {
  const cache = new FrameCache(800);
  cache.set('a', frame(1));
  cache.set('b', frame(2));
  cache.peek('a');
  cache.set('c', frame(3));
  expect(cache.peek('a')).toBeUndefined();
});

it('keeps little of what is no longer played, and all of what is', () => {
  const cache = new FrameCache(10_000, 800);
  const stop = cache.play(() => 'a ');
  for (const k of [1, 2, 3, 4]) cache.set(`a ${k}`, frame(k));
  const keys = () => ['a 1', 'a 2', 'a 3', 'a 4'].filter((key) => cache.peek(key));
  const other = cache.play(() => 'b ');
  expect(keys()).toHaveLength(4);
  stop();
  expect(keys()).toHaveLength(4); // who begins the same again, elsewhere say, finds them
  cache.play(() => 'c ');
  expect(keys()).toEqual(['a 3', 'a 4']);
  expect(cache.bytes).toBe(800);
  other();
});

it('knows the last draft until the frame is there, and counts it as none', () => {
  const cache = new FrameCache(800);
  cache.set('a', { ...frame(1), isDraft: true });
  expect([cache.peek('a'), cache.bytes, cache.draft('b'), cache.draft('a')?.k]).toEqual([
    undefined,
    0,
    undefined,
    1,
  ]);
  cache.set('a', frame(1));
  expect([cache.peek('a')?.k, cache.draft('a')]).toEqual([1, undefined]);
});

it('forgets one model and no other', () => {
  const cache = new FrameCache(2000);
  cache.set('m 1', frame(1));
  cache.set('m 2', frame(2));
  cache.set('m2 1', frame(3));
  cache.forget('m ');
  expect(['m 1', 'm 2', 'm2 1'].map((key) => cache.peek(key) !== undefined)).toEqual([false, false, true]);
  expect(cache.bytes).toBe(400);
});
