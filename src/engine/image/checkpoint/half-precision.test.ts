import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createNodeRuntime } from '../../ort/node';
import { readCheckpointFolder } from './checkpoint-folder';
import { headerLength, readHeader } from './safetensors';

const FIXTURES = join(import.meta.dirname, 'fixtures');
const PICTURES = [0, 1];

/** What the official code made of the weights as they were published (float32, PyTorch). */
function expectedOf(name: string): (key: string, picture: number) => Float32Array | Int32Array {
  const file = readFileSync(join(FIXTURES, name, 'expected.safetensors'));
  const tensors = readHeader(file.subarray(0, headerLength(file, name)), file.length, name);
  return (key, picture) => {
    const { type, dims, offset, length } = tensors.get(key)!;
    const each = length / dims[0]!;
    const { buffer } = Uint8Array.from(file.subarray(offset + picture * each, offset + (picture + 1) * each));
    return type === 'int32' ? new Int32Array(buffer) : new Float32Array(buffer);
  };
}

async function open(name: string) {
  const { encoder, decoder, data } = await readCheckpointFolder(join(FIXTURES, name), 'half');
  const runtime = createNodeRuntime();
  const [encode, decode] = [await runtime.load(encoder, data), await runtime.load(decoder, data)];
  return {
    encode: async (image: ArrayLike<number>) => {
      const pixels = { data: Float32Array.from(image), dims: [1, 3, 64, 64] };
      return Int32Array.from((await encode.run({ image: pixels }, 'ids')).data);
    },
    decode: async (ids: ArrayLike<number>, k: number) => {
      const given = { data: Int32Array.from(ids), dims: [1, ids.length] };
      return (await decode.run({ ids: given, k: { data: Int32Array.of(k), dims: [1] } }, 'image')).data;
    },
  };
}

/** Of numbers from 0 to 1. */
function difference(a: ArrayLike<number>, b: ArrayLike<number>): { most: number; mean: number } {
  expect(a.length).toBe(b.length);
  const all = Array.from(a, (value, i) => Math.abs(value - b[i]!));
  return { most: Math.max(...all), mean: all.reduce((sum, one) => sum + one, 0) / all.length };
}

// The tolerance that docs/decisions/0006-checkpoints-in-pieces.md states: a level of 8 bits is 3.9e-3.
describe.each([
  { name: 'one-d-piece-tiny', ks: [1, 4, 9, 16, 32], most: 4e-3, mean: 6e-4 },
  { name: 'titok-tiny-vq-rgb', ks: [32], most: 2e-4, mean: 2e-5 },
])('$name in half precision', ({ name, ks, most, mean }) => {
  const expected = expectedOf(name);

  it('gives the ids that full precision gives', async () => {
    const model = await open(name);
    for (const picture of PICTURES) {
      expect([...(await model.encode(expected('image', picture)))]).toEqual([...expected('ids', picture)]);
    }
  });

  it('draws the same pictures, to the tolerance that is stated', async () => {
    const model = await open(name);
    for (const picture of PICTURES) {
      for (const k of ks) {
        const key = k === 32 ? 'reconstruction' : `reconstruction_k${k}`;
        const drawn = await model.decode(expected('ids', picture), k);
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
  const expected = expectedOf('titok-tiny-vae');
  let other = 0;
  for (const picture of PICTURES) {
    const ids = await model.encode(expected('image', picture));
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
