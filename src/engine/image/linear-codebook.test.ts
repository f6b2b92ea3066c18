import { describe, expect, it } from 'vitest';
import type { Codebook } from '../../core/image/codebook';
import { createNodeRuntime } from '../ort/node';
import type { Session } from '../ort/runtime';
import { gridCodebook, linearCodebook } from './linear-codebook';
import { readModelFolder } from './model-folder';

async function open(id: string) {
  const files = await readModelFolder(`public/models/${id}`);
  const runtime = await createNodeRuntime();
  const decoder = await runtime.load(files.decoder, files.data);
  const book = linearCodebook(files.decoder, files.data[0]!.bytes)!;
  return { book, decoder, ids: Int32Array.from(files.golden!.cases[0]!.ids) };
}

async function draw(decoder: Session, ids: Int32Array): Promise<Float32Array> {
  const { data } = await decoder.run(
    { ids: { data: ids, dims: [1, ids.length] }, k: { data: Int32Array.of(ids.length), dims: [1] } },
    'image',
  );
  return Float32Array.from(data as Float32Array);
}

function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return Math.sqrt(sum);
}

/** The oracle is the decoder itself: its basis is orthonormal, so that pictures are as far apart as vectors. */
async function pictureDistance(decoder: Session, ids: Int32Array, at: number, id: number): Promise<number> {
  const changed = ids.slice();
  changed[at] = id;
  return distance(await draw(decoder, ids), await draw(decoder, changed));
}

const vectorDistance = (book: Codebook, at: number, a: number, b: number) =>
  distance(book.vector(at, a), book.vector(at, b));

describe.each([
  ['karhunen-64', [0, 1, 17, 31, 32, 60, 79, 80, 127]],
  ['karhunen-128', [0, 30, 47, 48, 111, 112, 255]],
] as const)('the codebook of %s', (id, places) => {
  it('holds the vectors that the decoder adds up', async () => {
    const { book, decoder, ids } = await open(id);
    for (const at of places) {
      // Another code of the same place, so that local shapes lie on each other.
      const other = ids[at]! ^ 0b101;
      const expected = await pictureDistance(decoder, ids, at, other);
      expect(vectorDistance(book, at, ids[at]!, other) / expected).toBeCloseTo(1, 2);
      expect(expected).toBeGreaterThan(0.01);
    }
  }, 60_000);

  it('names nearest codes that change the picture less than others do', async () => {
    const { book, decoder, ids } = await open(id);
    const [at] = places;
    const [nearest] = book.nearest(at, ids[at]!, 1);
    const change = await pictureDistance(decoder, ids, at, nearest!.id);
    expect(nearest!.distance / change).toBeCloseTo(1, 2);
    for (const other of [1, 2000, 33_000, 65_535]) {
      expect(await pictureDistance(decoder, ids, at, other)).toBeGreaterThan(change);
    }
  }, 60_000);
});

it('of a grid model holds its directions, and names the nearest ones', async () => {
  const { decoder, data, golden, manifest } = await readModelFolder('public/models/grid-256');
  const book = gridCodebook(decoder, data[0]!.bytes, manifest.tokens.codebookSize)!;
  const ids = Array.from({ length: manifest.tokens.codebookSize }, (_, id) => id);
  for (const id of ids) expect(distance(book.vector(0, id), new Float32Array(8))).toBeCloseTo(1, 2);
  const [own] = golden!.cases[0]!.ids;
  const apart = (id: number) => distance(book.vector(0, own!), book.vector(0, id));
  const near = ids.filter((id) => id !== own).sort((a, b) => apart(a) - apart(b));
  expect(book.nearest(0, own!, 5).map(({ id }) => id)).toEqual(near.slice(0, 5));
  expect([book.between(0, own!, near[0]!, 0), book.between(0, own!, near[0]!, 1)]).toEqual([own, near[0]]);
});

it('is not found in a graph of another kind', async () => {
  const files = await readModelFolder('public/models/glyphs');
  expect(linearCodebook(files.decoder, files.data[0]!.bytes)).toBeUndefined();
  expect(gridCodebook(files.decoder, files.data[0]!.bytes, 256)).toBeUndefined();
});
