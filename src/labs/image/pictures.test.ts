import { expect, it } from 'vitest';
import { forget, type OpenPicture, recall, remember } from './pictures';

const picture = (seed: number, over: Partial<OpenPicture> = {}): OpenPicture => ({
  model: 'm',
  source: { kind: 'file', name: `${seed}.png`, bytes: 1 },
  label: `${seed}`,
  ids: Uint32Array.of(seed, 2, 3),
  width: 1,
  height: 1,
  original: new Uint8ClampedArray([seed, 0, 0, 255]),
  size: null,
  notes: [],
  file: null,
  ...over,
});
const tokens = (seed: number) =>
  ({ kind: 'tokens', ids: Uint32Array.of(seed, 2, 3), bits: 16, modelHash: '' }) as const;

it('finds the original of tokens that were a file before', () => {
  remember(picture(1));
  expect(recall('m', tokens(1))?.original).not.toBeNull();
  expect(recall('other', tokens(1))).toBeUndefined();
  expect(recall('m', tokens(99))).toBeUndefined();
});

it('finds samples by id, and never a file by its name', () => {
  remember(picture(2, { source: { kind: 'sample', id: 'cat' } }));
  expect(recall('m', { kind: 'sample', id: 'cat' })?.label).toBe('2');
  expect(recall('m', { kind: 'sample', id: 'dog' })).toBeUndefined();
  expect(recall('m', { kind: 'file', name: '1.png', bytes: 1 })).toBeUndefined();
});

it('keeps the newest sixteen', () => {
  for (let seed = 10; seed < 30; seed++) remember(picture(seed));
  expect(recall('m', tokens(10))).toBeUndefined();
  expect(recall('m', tokens(29))).toBeDefined();
});

it('forgets what one model made', () => {
  for (const model of ['m', 'other']) remember(picture(40, { model }));
  forget('m');
  expect(recall('m', tokens(40))).toBeUndefined();
  expect(recall('other', tokens(40))).toBeDefined();
});
