import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Breath } from './breath';

let frames: ((now: number) => void)[] = [];
let page = new EventTarget();

beforeEach(() => {
  frames = [];
  page = new EventTarget();
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
  vi.stubGlobal('window', page);
  vi.stubGlobal('requestAnimationFrame', (step: (now: number) => void) => frames.push(step));
  vi.stubGlobal('cancelAnimationFrame', () => (frames = []));
});
afterEach(() => void vi.unstubAllGlobals());

const ready = () => new Promise((resolve) => setTimeout(resolve));

/** Lets time pass, in frames of 50 ms. */
function pass(from: number, to: number): void {
  for (let now = from; now < to; now += 50) for (const step of frames.splice(0)) step(now);
}

it('plays once from 1 to all tokens, and ends where the sender was', async () => {
  const seen: number[] = [];
  const breath = new Breath();
  breath.start({ count: 256, end: 50, setK: (k) => seen.push(k), isShown: () => true });
  await ready();
  expect(breath.playing.get()).toBe(false);
  pass(0, 1000);
  expect(breath.playing.get()).toBe(true);
  pass(1000, 9000);
  expect([seen[0], Math.max(...seen), seen.at(-1)]).toEqual([1, 256, 50]);
  expect(breath.playing.get()).toBe(false);
});

it('begins when all is there, and goes on only when what it asked for is on screen', async () => {
  const seen: number[] = [];
  let isShown = true;
  let begin = () => {};
  const breath = new Breath();
  breath.start({
    count: 256,
    end: 50,
    setK: (k) => seen.push(k),
    isShown: () => isShown,
    ready: new Promise<void>((resolve) => {
      begin = resolve;
    }),
  });
  await ready();
  pass(0, 1000);
  expect(seen).toEqual([]);
  begin();
  await ready();
  pass(1000, 2000);
  const asked = seen.at(-1);
  isShown = false;
  pass(2000, 9000);
  expect(seen.at(-1)).toBe(asked);
  isShown = true;
  pass(9000, 11_000);
  expect([Math.max(...seen), seen.at(-1)]).toEqual([256, 50]);
});

it('stops at the first touch, also before it began', async () => {
  const seen: number[] = [];
  const breath = new Breath();
  const play = { count: 256, end: 50, setK: (k: number) => seen.push(k), isShown: () => true };
  breath.start(play);
  page.dispatchEvent(new Event('pointerdown'));
  await ready();
  pass(0, 1000);
  expect(seen).toEqual([]);
  breath.start(play);
  await ready();
  pass(1000, 2000);
  page.dispatchEvent(new Event('keydown'));
  const { length } = seen;
  pass(2000, 9000);
  expect(seen).toHaveLength(length);
  expect(breath.playing.get()).toBe(false);
});

it('stays where it is where something could not be drawn', async () => {
  const seen: number[] = [];
  new Breath().start({
    count: 8,
    end: 2,
    setK: (k) => seen.push(k),
    isShown: () => true,
    ready: Promise.reject(new Error('no')),
  });
  await ready();
  pass(0, 9000);
  expect(seen).toEqual([]);
});
