import { describe, expect, it } from 'vitest';
import type { RgbImage } from '../core/image/pixels';
import { dearMeasures } from '../measures/image-measures';
import { createImageTools } from './measures';

const wave = (width: number, height: number, noise: number): RgbImage => ({
  width,
  height,
  data: Uint8Array.from(
    { length: 3 * width * height },
    (_, i) => 128 + 60 * Math.sin(i / 99) + (i % 2 ? noise : -noise),
  ),
});

describe.each(dearMeasures)('$id', ({ better, compute, size }) => {
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

it('names a learned measure that is not there', async () => {
  const distance = createImageTools().distance('nothing', wave(1, 1, 0), wave(1, 1, 0));
  await expect(distance).rejects.toMatchObject({ code: 'model-fetch' });
});
