import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCheckpointFolder } from '../weights/checkpoint-folder';
import { expectedOf, openGraphs } from '../weights/testing/golden-data';

const FIXTURES = join(import.meta.dirname, 'fixtures');
const PICTURES = [0, 1];

const open = async (name: string) =>
  openGraphs(await readCheckpointFolder(join(FIXTURES, name), { precision: 'half' }));

const openFull = async (name: string) => openGraphs(await readCheckpointFolder(join(FIXTURES, name)));

/** Of numbers from 0 to 1. */
function difference(a: ArrayLike<number>, b: ArrayLike<number>): { most: number; mean: number } {
  expect(a.length).toBe(b.length);
  const all = Array.from(a, (value, i) => Math.abs(value - b[i]!));
  return { most: Math.max(...all), mean: all.reduce((sum, one) => sum + one, 0) / all.length };
}

// The tolerance that docs/decisions/0006-checkpoints-in-pieces.md states: a level of 8 bits is 3.9e-3.
describe.each([
  { name: 'one-d-piece-tiny', ks: [1, 4, 9, 16, 32], most: 5e-3, mean: 6e-4 },
  { name: 'titok-tiny-vq-rgb', ks: [32], most: 2e-4, mean: 2e-5 },
  { name: 'gigatok-tiny', ks: [32], most: 5e-3, mean: 6e-4 },
  { name: 'detailflow-tiny', ks: [1, 3, 8, 16, 32], most: 2e-3, mean: 3e-4 },
])('$name in half precision', ({ name, ks, most, mean }) => {
  const expected = expectedOf(join(FIXTURES, name));

  it('gives the ids that full precision gives', async () => {
    const model = await open(name);
    for (const picture of PICTURES) {
      expect([...(await model.encode(expected('image', picture) as Float32Array))]).toEqual([
        ...expected('ids', picture),
      ]);
    }
  });

  it('draws the same pictures, to the tolerance that is stated', async () => {
    const model = await open(name);
    for (const picture of PICTURES) {
      for (const k of ks) {
        const key = k === 32 ? 'reconstruction' : `reconstruction_k${k}`;
        const drawn = await model.decode(expected('ids', picture) as Int32Array, k);
        const found = difference(drawn, expected(key, picture));
        expect(found.most).toBeLessThan(most);
        expect(found.mean).toBeLessThan(mean);
        expect(found.most).toBeGreaterThan(1e-5); // else nothing was rounded
      }
    }
  });
});

it('continuous tokens differ by a step at most, and in few places', async () => {
  const model = await open('titok-tiny-vae');
  const expected = expectedOf(join(FIXTURES, 'titok-tiny-vae'));
  let other = 0;
  for (const picture of PICTURES) {
    const ids = await model.encode(expected('image', picture) as Float32Array);
    const mean = expected('latent_mean', picture);
    ids.forEach((id, i) => {
      const value = mean[(i & 15) * 32 + (i >> 4)]!;
      const exact = Math.min(255, Math.max(0, Math.round(value * 32) + 128));
      expect(Math.abs(id - exact)).toBeLessThanOrEqual(1);
      if (id !== exact) other++;
    });
  }
  expect(other / (2 * 512)).toBeLessThan(1 / 32);
});

it.each([
  { name: 'softvq-tiny', most: 5e-3, mean: 6e-4 },
  { name: 'maetok-tiny', most: 5e-3, mean: 6e-4 },
])('$name draws the same pictures, of ids that differ by a step at most', async ({ name, most, mean }) => {
  const [half, full] = [await open(name), await openFull(name)];
  const expected = expectedOf(join(FIXTURES, name));
  for (const picture of PICTURES) {
    const image = expected('image', picture) as Float32Array;
    const [ids, exact] = [await half.encode(image), await full.encode(image)];
    const steps = ids.map((id, i) => Math.abs(id - exact[i]!));
    expect(Math.max(...steps)).toBeLessThanOrEqual(1);
    expect(steps.filter((step) => step > 0).length / ids.length).toBeLessThan(1 / 8);
    const drawn = await half.decode(exact, exact.length);
    const found = difference(drawn, await full.decode(exact, exact.length));
    expect(found.most).toBeLessThan(most);
    expect(found.mean).toBeLessThan(mean);
    expect(found.most).toBeGreaterThan(1e-5);
  }
});

it('karl-tiny uses the same tokens, and draws the same pictures', async () => {
  const [half, full] = [await open('karl-tiny'), await openFull('karl-tiny')];
  const expected = expectedOf(join(FIXTURES, 'karl-tiny'));
  for (const picture of PICTURES) {
    const ids = expected('ids', picture) as Int32Array;
    expect([...(await half.encode(expected('image', picture) as Float32Array))]).toEqual([...ids]);
    const found = difference(await half.decode(ids, 32), await full.decode(ids, 32));
    expect(found.most).toBeLessThan(1e-2); // of numbers from -0.4 to 1.2
    expect(found.mean).toBeLessThan(1.2e-3);
    expect(found.most).toBeGreaterThan(1e-5);
  }
});
