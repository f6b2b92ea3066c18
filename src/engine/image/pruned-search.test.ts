import { describe, expect, it } from 'vitest';
import { mulberry32 } from '../../core/image/noise';
import type { RgbImage } from '../../core/image/pixels';
import { createNodeRuntime } from '../ort/node';
import { readGraph } from '../plain/read-graph';
import { openImageModel } from './model';
import { readModelFolder } from './model-folder';
import { prunedSearches } from './pruned-search';

/** Pictures with detail everywhere, somewhere and nowhere, and one whose places are all alike. */
function pictures(side: number): Readonly<Record<string, RgbImage>> {
  const random = mulberry32(5);
  const draw = (pixel: (x: number, y: number, channel: number) => number): RgbImage => ({
    width: side,
    height: side,
    data: Uint8Array.from({ length: side * side * 3 }, (_, i) => {
      const at = Math.floor(i / 3);
      return pixel(at % side, Math.floor(at / side), i % 3);
    }),
  });
  return {
    noise: draw(() => 256 * random()),
    edges: draw((x, y, channel) => ((x + 2 * y) % 61 < 20 && x > side / 2 ? 200 : 40 + 20 * channel)),
    slope: draw((x, y) => (x + y) / 2),
    grey: draw(() => 128),
    black: draw(() => 0),
    tiles: draw((x, y, channel) => (x % 16 < 5 && y % 16 < 7 ? 220 - 60 * channel : 30)),
  };
}

describe.each(['karhunen-64', 'karhunen-128'])('the encoder of %s with fewer products', (id) => {
  it('gives the same ids', async () => {
    const files = await readModelFolder(`public/models/${id}`);
    const runtime = createNodeRuntime(1);
    const plain = await openImageModel(files, runtime);
    const encoder = prunedSearches(files.encoder);
    expect(readGraph(encoder).nodes.filter(({ type }) => type === 'NonZero').length).toBeGreaterThan(10);
    const pruned = await openImageModel({ ...files, encoder }, runtime);
    for (const [name, picture] of Object.entries(pictures(files.manifest.image.width))) {
      expect([name, ...(await pruned.encode(picture))]).toEqual([name, ...(await plain.encode(picture))]);
    }
    await plain.release();
    await pruned.release();
  });
});

it('leaves other graphs as they are', async () => {
  const { decoder } = await readModelFolder('public/models/karhunen-64');
  expect(prunedSearches(decoder)).toBe(decoder);
});
