import { existsSync, readdirSync, statSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { bundledModels } from '../engine/image/models';
import { samples } from './pictures';

const root = new URL('../../', import.meta.url);
const inRoot = (path: string) => new URL(path, root).pathname;
const namesIn = (folder: string, ending: string) =>
  readdirSync(inRoot(folder))
    .filter((name) => name.endsWith(ending))
    .map((name) => name.slice(0, -ending.length))
    .sort();

it('lists every file of the folder once, under the name of its file', () => {
  const ids = samples.map((sample) => sample.id);
  expect([...ids].sort()).toEqual(namesIn('src/catalog/pictures', '.ts'));
  expect(ids.length).toBeGreaterThanOrEqual(10);
});

it('has a sample for every scene and a scene for every sample', () => {
  expect(samples.map((sample) => sample.id).sort()).toEqual(namesIn('scripts/samples/scenes', '.mjs'));
});

it('ships no picture that no sample names', () => {
  const named = samples.flatMap((sample) => [sample.file, sample.thumbnail]).sort();
  expect(
    readdirSync(inRoot('public/samples'))
      .map((name) => `samples/${name}`)
      .sort(),
  ).toEqual(named);
});

it('keeps the order unambiguous', () => {
  const orders = samples.map((sample) => sample.order);
  expect(new Set(orders).size).toBe(orders.length);
});

it('keeps the whole strip light', () => {
  const bytes = samples.reduce((sum, sample) => sum + statSync(inRoot(`public/${sample.file}`)).size, 0);
  expect(bytes).toBeLessThan(650_000);
});

describe.each(samples.map((sample) => [sample.id, sample] as const))('%s', (_id, sample) => {
  it('has a label, and an alt text of its own', () => {
    expect(sample.label.trim()).not.toBe('');
    expect(sample.alt.length).toBeGreaterThan(40);
    expect(samples.filter((other) => other.alt === sample.alt)).toEqual([sample]);
  });

  it('is made by a script in the repository', () => {
    expect(existsSync(inRoot(sample.script))).toBe(true);
  });

  it('decodes to the stated size, and is no empty frame', async () => {
    const path = inRoot(`public/${sample.file}`);
    expect(statSync(path).size).toBeLessThanOrEqual(60_000);
    const { data, info } = await sharp(path).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height, info.channels]).toEqual([sample.width, sample.height, 3]);
    expect(data).toHaveLength(sample.width * sample.height * 3);
    const { channels } = await sharp(path).stats();
    expect(Math.max(...channels.map((channel) => channel.stdev))).toBeGreaterThan(20);
  });

  it('has a thumbnail of 96 x 96 of the same picture', async () => {
    const path = inRoot(`public/${sample.thumbnail}`);
    expect(statSync(path).size).toBeLessThanOrEqual(4_000);
    const { width, height } = await sharp(path).metadata();
    expect([width, height]).toEqual([96, 96]);
    const small = await sharp(path).removeAlpha().resize(24, 24).raw().toBuffer();
    const full = await sharp(inRoot(`public/${sample.file}`))
      .removeAlpha()
      .resize(24, 24, { fit: 'cover' })
      .raw()
      .toBuffer();
    const error = small.reduce((sum, value, i) => sum + Math.abs(value - full[i]!), 0) / small.length;
    expect(error).toBeLessThan(8);
  });
});

it('has the sample that each model of one kind of picture names', () => {
  const named = bundledModels.flatMap(({ suits }) => suits?.sample ?? []);
  expect(named.length).toBeGreaterThan(0);
  for (const id of named) expect(samples.map((sample) => sample.id)).toContain(id);
});
