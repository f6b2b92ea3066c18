import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { RgbImage } from '../core/image/pixels';
import cases from './fixtures/reference.json';
import { type CheapImageMeasure, dearMeasures, imageMeasures, measure } from './image-measures';

function picture(width: number, height: number, value: (i: number) => number): RgbImage {
  return { width, height, data: Uint8Array.from({ length: width * height * 3 }, (_, i) => value(i)) };
}

const wave = picture(20, 20, (i) => 128 + 100 * Math.sin(i / 7));
const disturbed = (amount: number): RgbImage => ({
  ...wave,
  data: wave.data.map((value, i) => Math.max(0, Math.min(255, value + (i % 2 ? amount : -amount)))),
});

it('finds one measure a file, with ids and places that are unique', () => {
  const files = Object.keys(import.meta.glob('./image/*.ts'));
  expect(imageMeasures.map(({ id }) => `./image/${id}.ts`).sort()).toEqual(files.sort());
  expect(new Set(imageMeasures.map(({ place }) => place)).size).toBe(files.length);
  for (const { id, label } of imageMeasures) {
    expect(id).toMatch(/^[a-z0-9-]+$/);
    expect(label).not.toBe('');
  }
});

it('has a measure for every learned one in public/measures', () => {
  const folders = readdirSync('public/measures');
  expect(dearMeasures.map(({ id }) => id)).toEqual(expect.arrayContaining(folders));
});

const cheap = imageMeasures.filter((each): each is CheapImageMeasure => each.cost === 'cheap');

describe.each(cheap)('$id', (metric) => {
  it('prefers an equal picture to a slightly and that to a badly disturbed one', () => {
    const scores = [0, 4, 60].map((amount) => metric.compute(wave, disturbed(amount)));
    const sign = metric.better === 'higher' ? 1 : -1;
    expect(sign * scores[0]!).toBeGreaterThan(sign * scores[1]!);
    expect(sign * scores[1]!).toBeGreaterThan(sign * scores[2]!);
  });

  it('is symmetric, and a number down to 1x1', () => {
    expect(metric.compute(wave, disturbed(9))).toBeCloseTo(metric.compute(disturbed(9), wave), 10);
    const dots = [picture(1, 1, () => 10), picture(1, 1, () => 12)] as const;
    expect(Number.isFinite(metric.compute(...dots))).toBe(true);
    expect(metric.compute(dots[0], dots[0])).not.toBeNaN();
  });
});

it.each(cases)('agrees with the reference at $size', ({ size, a, b, psnr, ssim, msSsim }) => {
  const unpack = (text: string) => ({
    width: size[0]!,
    height: size[1]!,
    data: new Uint8Array(Buffer.from(text, 'base64')),
  });
  const measured = measure(unpack(a), unpack(b));
  expect(measured['psnr']).toBeCloseTo(psnr, 9);
  expect(measured['ssim']).toBeCloseTo(ssim, 9);
  expect(measured['ms-ssim']).toBeCloseTo(msSsim, 9);
});

describe.each(cheap.flatMap(({ map, ...metric }) => (map ? [{ ...metric, map }] : [])))(
  'the error map of $id',
  ({ id, map, compute }) => {
    const noisy = (from: number) => ({
      ...wave,
      data: wave.data.map((value, i) => (i >= from ? (value + 70 * (i % 3)) % 256 : value)),
    });

    it('is best where the pictures agree, and worse where they do not', () => {
      const half = wave.data.length / 2;
      const values = map.compute(wave, noisy(half));
      expect(values).toHaveLength(wave.width * wave.height);
      const sign = Math.sign(map.best - map.worst);
      expect(sign * values[0]!).toBeGreaterThanOrEqual(sign * (map.best - 0.05 * sign));
      expect(sign * values.at(-1)!).toBeLessThan(sign * values[0]!);
    });

    it('holds what the figure is made of', () => {
      const { size, a, b } = cases.at(-1)!;
      const [x, y] = [a, b].map((text) => ({
        width: size[0]!,
        height: size[1]!,
        data: new Uint8Array(Buffer.from(text, 'base64')),
      }));
      const values = [...map.compute(x!, y!)];
      const mean = (of: readonly number[]) => of.reduce((sum, value) => sum + value, 0) / of.length;
      if (id === 'psnr') {
        const errors = values.map((value) => 10 ** (-value / 10));
        expect(-10 * Math.log10(mean(errors))).toBeCloseTo(compute(x!, y!), 4);
      } else {
        expect(Math.abs(mean(values) - compute(x!, y!))).toBeLessThan(0.1);
      }
    });
  },
);
