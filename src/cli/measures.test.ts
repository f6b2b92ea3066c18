import { beforeAll, describe, expect, it } from 'vitest';
import type { RgbImage } from '../core/image/pixels';
import { resizeBicubic } from '../core/image/resize';
import { dearMeasures } from '../measures/image-measures';
import { createImageTools } from './measures';
import { readPictureFile } from './picture-file';

const wave = (width: number, height: number, noise: number): RgbImage => ({
  width,
  height,
  data: Uint8Array.from(
    { length: 3 * width * height },
    (_, i) => 128 + 60 * Math.sin(i / 99) + (i % 2 ? noise : -noise),
  ),
});

describe.each(dearMeasures.filter(({ absent }) => !absent))('$id', ({ better, compute, size }) => {
  const tools = createImageTools();
  const { width, height } = size ?? { width: 128, height: 128 };

  it('prefers an equal picture to a slightly and that to a badly disturbed one', async () => {
    const scores: number[] = [];
    for (const noise of [0, 6, 60]) {
      scores.push((await compute(wave(width, height, 0), wave(width, height, noise), tools))!);
    }
    const sorted = scores.toSorted((a, b) => (better === 'higher' ? b - a : a - b));
    expect(scores).toEqual(sorted);
    expect(new Set(scores).size).toBe(3);
  });

  it.runIf(size)('has no value for pictures of another size', async () => {
    expect(await compute(wave(8, 8, 0), wave(8, 8, 1), tools)).toBeUndefined();
  });
});

describe('legibility', () => {
  const { compute, absent } = dearMeasures.find(({ id }) => id === 'legibility')!;
  const tools = createImageTools();
  let sign: RgbImage;
  beforeAll(async () => {
    sign = await readPictureFile('public/samples/road-sign.webp', { width: 128, height: 128 });
  });
  const blurred = (to: number) => resizeBicubic(resizeBicubic(sign, to, to), 128, 128);

  it('is 0 for the same, and grows as words are lost, up to all of them', async () => {
    expect(await compute(sign, sign, tools)).toBe(0);
    const some = (await compute(sign, blurred(24), tools))!;
    expect(some).toBeGreaterThan(0);
    expect(some).toBeLessThan(1);
    expect(await compute(sign, blurred(4), tools)).toBe(1);
  });

  it('has no value where the original has no writing, and says why', async () => {
    expect(await compute(blurred(4), sign, tools)).toBeUndefined();
    expect(absent).toBe('No writing found in this picture.');
  });
});

it('names a learned measure that is not there', async () => {
  const distance = createImageTools().distance('nothing', wave(1, 1, 0), wave(1, 1, 0));
  await expect(distance).rejects.toMatchObject({ code: 'model-fetch' });
});
