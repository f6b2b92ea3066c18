import { expect, it } from 'vitest';
import { RecentPictures } from './pictures';
import type { ImageSource, OpenPicture } from './source';

/** Models "m" and "sibling" make the same tokens. */
const models = {
  sharesTokens: (a: string, b: string) => a === b || [a, b].every((id) => ['m', 'sibling'].includes(id)),
};
const files = new Map<number, Blob>();
const fileOf = (seed: number) => files.get(seed) ?? files.set(seed, new Blob([`${seed}`])).get(seed)!;
const file = (seed: number): ImageSource => ({ kind: 'file', name: 'a.png', file: fileOf(seed), notes: [] });
const picture = (seed: number, over: Partial<OpenPicture> = {}): OpenPicture => ({
  model: 'm',
  source: file(seed),
  label: `${seed}`,
  ids: Uint32Array.of(seed, 2, 3),
  width: 1,
  height: 1,
  original: new Uint8ClampedArray([seed, 0, 0, 255]),
  size: null,
  notes: [],
  file: fileOf(seed),
  ...over,
});
const tokens = (seed: number, id = 'm'): ImageSource => ({
  kind: 'tokens',
  rows: [{ ids: Uint32Array.of(seed, 2, 3), bits: 16, models: [{ id, hash: '' }] }],
});

it('finds the original of tokens that were a file before', () => {
  const recent = new RecentPictures(models);
  recent.remember(picture(1));
  expect(recent.recall('m', tokens(1))?.original).not.toBeNull();
  expect(recent.recall('other', tokens(1))).toBeUndefined();
  expect(recent.recall('m', tokens(99))).toBeUndefined();
  expect(recent.recall('m', tokens(1, 'other'))).toBeUndefined();
});

it('finds samples by id, and files by themselves, never by name', () => {
  const recent = new RecentPictures(models);
  recent.remember(picture(2, { source: { kind: 'sample', id: 'cat' } }));
  recent.remember(picture(3));
  expect(recent.recall('m', { kind: 'sample', id: 'cat' })?.label).toBe('2');
  expect(recent.recall('m', { kind: 'sample', id: 'dog' })).toBeUndefined();
  expect(recent.recall('m', file(3))?.label).toBe('3');
  expect(recent.recall('m', file(4))).toBeUndefined();
});

it('lends the original to models that make the same tokens, and the file to all', () => {
  const recent = new RecentPictures(models);
  recent.remember(picture(5));
  expect(recent.relative('sibling', tokens(5))?.label).toBe('5');
  expect(recent.relative('sibling', tokens(5, 'sibling'))?.label).toBe('5');
  expect(recent.relative('other', tokens(5))).toBeUndefined();
  expect(recent.original(tokens(5))?.file).toBe(fileOf(5));
  expect(recent.original(tokens(6))).toBeUndefined();
});

it('keeps the newest sixteen', () => {
  const recent = new RecentPictures(models);
  for (let seed = 10; seed < 30; seed++) recent.remember(picture(seed));
  expect(recent.recall('m', tokens(10))).toBeUndefined();
  expect(recent.recall('m', tokens(29))).toBeDefined();
});

it('forgets what one model made', () => {
  const recent = new RecentPictures(models);
  for (const model of ['m', 'other']) recent.remember(picture(40, { model }));
  recent.forget('m');
  expect(recent.recall('m', tokens(40))).toBeUndefined();
  expect(recent.recall('other', tokens(40, 'other'))).toBeDefined();
});
