import { expect, it } from 'vitest';
import { mulberry32 } from '../../core/image/noise';
import type { RgbImage } from '../../core/image/pixels';
import { createNodeRuntime } from '../ort/node';
import { openImageModel } from './model';
import { readModelFolder } from './model-folder';
import { splitEncoder } from './split-encoder';

/** Pictures with detail everywhere, somewhere and nowhere. */
function pictures(side: number): readonly RgbImage[] {
  const random = mulberry32(5);
  const draw = (pixel: (x: number, y: number, channel: number) => number): RgbImage => ({
    width: side,
    height: side,
    data: Uint8Array.from({ length: side * side * 3 }, (_, i) => {
      const at = Math.floor(i / 3);
      return pixel(at % side, Math.floor(at / side), i % 3);
    }),
  });
  return [
    draw(() => 256 * random()),
    draw((x, y, channel) => ((x + 2 * y) % 61 < 20 && x > side / 2 ? 200 : 40 + 20 * channel)),
    draw(() => 128),
    draw((x, y, channel) => (x % 16 < 5 && y % 16 < 7 ? 220 - 60 * channel : 30)),
  ];
}

it.each([
  ['karhunen-64', 80],
  ['karhunen-128', 112],
])('%s has its first tokens before the others, and the same as in one', async (id, early) => {
  const files = await readModelFolder(`public/models/${id}`);
  const runtime = createNodeRuntime(1);
  const whole = await openImageModel(files, runtime);
  const split = splitEncoder(files.encoder);
  expect(split).toBeDefined();
  const divided = await openImageModel({ ...files, split }, runtime);
  for (const picture of pictures(files.manifest.image.width)) {
    const expected = await whole.encode(picture);
    let begun: Uint32Array | undefined;
    const ids = await divided.encode(picture, undefined, async (first) => {
      begun = first;
    });
    expect([...ids]).toEqual([...expected]);
    expect(begun).toEqual(expected.slice(0, early));
  }
  await whole.release();
  await divided.release();
});

it('leaves an encoder alone whose tokens come all at once', async () => {
  const { encoder, decoder } = await readModelFolder('public/models/fixed-32');
  expect(splitEncoder(encoder)).toBeUndefined();
  expect(splitEncoder(decoder)).toBeUndefined();
});
