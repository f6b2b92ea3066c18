import { describe, expect, it } from 'vitest';
import type { PlainTensor } from '../ort/runtime';
import { RoughDrawing } from './rough-drawing';

const ACROSS = 32;
const CHANNELS = 6;

const unit = (i: number, seed: number) =>
  Math.abs((Math.sin((i + 1) * 12.9898 + seed * 78.233) * 43758.5453) % 1);

function features(seed: number): PlainTensor {
  const data = Float32Array.from({ length: CHANNELS * ACROSS * ACROSS }, (_, i) => unit(i, seed));
  return { data, dims: [1, CHANNELS, ACROSS, ACROSS] };
}

/** Two pixels a place along a side, each a mean of some channels; `shape` bends it. */
function pictureOf({ data }: PlainTensor, shape = (value: number) => value): PlainTensor {
  const side = 2 * ACROSS;
  const pixels = Float32Array.from({ length: 3 * side * side }, (_, i) => {
    const [colour, y, x] = [Math.floor(i / side / side), Math.floor(i / side) % side, i % side];
    const place = (y >> 1) * ACROSS + (x >> 1);
    const at = (channel: number) => data[(channel % CHANNELS) * ACROSS * ACROSS + place]!;
    return shape((at(colour) + at(colour + (y & 1) + 1) + at(colour + 2 * (x & 1) + 1)) / 4 + 0.1);
  });
  return { data: pixels, dims: [1, 3, side, side] };
}

function psnr(a: PlainTensor, b: PlainTensor): number {
  const error = [...a.data].reduce((sum, value, i) => sum + (value - b.data[i]!) ** 2, 0) / a.data.length;
  return -10 * Math.log10(error);
}

describe('a rough drawing', () => {
  it('is that of the model where pixels are linear in the features, for pictures it has not seen', () => {
    const rough = new RoughDrawing();
    expect(rough.draw(features(1), 2 * ACROSS)).toBeUndefined();
    rough.learn(features(1), pictureOf(features(1)));
    const drawn = rough.draw(features(2), 2 * ACROSS)!;
    expect(drawn.dims).toEqual([1, 3, 2 * ACROSS, 2 * ACROSS]);
    expect(psnr(drawn, pictureOf(features(2)))).toBeGreaterThan(50);
  });

  it('comes close where they are nearly so, and says how close by places that it did not learn', () => {
    const bend = (value: number) => value ** 1.3;
    const rough = new RoughDrawing();
    for (const seed of [1, 2]) rough.learn(features(seed), pictureOf(features(seed), bend));
    const found = psnr(rough.draw(features(3), 2 * ACROSS)!, pictureOf(features(3), bend));
    expect(found).toBeGreaterThan(30);
    expect(Math.abs(found - rough.psnr)).toBeLessThan(1);
  });

  it('is none where they are not', () => {
    const rough = new RoughDrawing();
    rough.learn(
      features(1),
      pictureOf(features(1), (value) => Number(Math.sin(300 * value) > 0)),
    );
    expect(rough.psnr).toBeLessThan(10);
    expect(rough.draw(features(1), 2 * ACROSS)).toBeUndefined();
  });

  it('stands channels that say the same, and features that are all zero', () => {
    const rough = new RoughDrawing();
    const zero = { ...features(1), data: new Float32Array(CHANNELS * ACROSS * ACROSS) };
    rough.learn(zero, pictureOf(zero));
    expect(psnr(rough.draw(zero, 2 * ACROSS)!, pictureOf(zero))).toBeGreaterThan(40);
  });
});
