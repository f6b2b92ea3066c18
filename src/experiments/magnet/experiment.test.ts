import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mulberry32 } from '../../core/image/noise';
import { runOn } from '../testing/run';
import { digamma, lnFactorial, lossOf } from './boundaries';
import { ByteModel } from './byte-model';
import { experiment } from './experiment';
import { scriptOf } from './scripts';

const bytesOf = (text: string) => new TextEncoder().encode(text);

describe('the loss', () => {
  it('of certain boundaries is the cost of that division, and the binomial prior', () => {
    // Three bytes, at most one known before each; a boundary after the first.
    const costs = Float64Array.of(5, 0, 3, 1, 4, 2);
    const { bytes, prior } = lossOf(Float64Array.of(1, 0, 0), costs, 2, 0.2, 1);
    // 5 for the first, 3 for the second (nothing known), 2 for the third.
    expect(bytes).toBeCloseTo(10 / 3, 12);
    expect(prior).toBeCloseTo(-Math.log(3 * 0.2 * 0.8 * 0.8) / 3, 6);
  });

  it('is the mean over all divisions', () => {
    const p = [0.3, 0.6, 0.2, 0.5];
    const random = mulberry32(3);
    const costs = Float64Array.from({ length: 12 }, () => random() / 2 ** 32);
    let expected = 0;
    for (let division = 0; division < 16; division++) {
      let chance = 1;
      let cost = 0;
      let known = 0;
      for (let at = 0; at < 4; at++) {
        cost += costs[at * 3 + Math.min(known, 2)]!;
        const isEnd = (division >> at) & 1;
        chance *= isEnd ? p[at]! : 1 - p[at]!;
        known = isEnd ? 0 : known + 1;
      }
      expected += chance * cost;
    }
    expect(lossOf(Float64Array.from(p), costs, 3, 0.2, 1).bytes).toBeCloseTo(expected / 4, 12);
  });

  it('has the slopes that differences give', () => {
    const p = [0.3, 0.6, 0.2, 0.5, 0.4];
    const random = mulberry32(5);
    const costs = Float64Array.from({ length: 15 }, () => random() / 2 ** 30);
    const total = (values: number[]) => {
      const { bytes, prior } = lossOf(Float64Array.from(values), costs, 3, 0.1, 7);
      return bytes + 7 * prior;
    };
    const { slopes } = lossOf(Float64Array.from(p), costs, 3, 0.1, 7);
    for (const [i, value] of p.entries()) {
      const moved = (by: number) => total(p.with(i, value + by));
      expect(slopes[i]).toBeCloseTo((moved(1e-5) - moved(-1e-5)) / 2e-5, 5);
    }
  });

  it('knows factorials and their slope', () => {
    for (const [x, product] of [
      [0, 1],
      [1, 1],
      [5, 120],
      [10, 3_628_800],
    ] as const) {
      expect(lnFactorial(x)).toBeCloseTo(Math.log(product), 8);
    }
    expect(digamma(1)).toBeCloseTo(-0.5772156649, 8);
    expect(digamma(3)).toBeCloseTo(1.5 - 0.5772156649, 8);
  });
});

it('prices bytes without their own occurrence', () => {
  const costs = new ByteModel([bytesOf('abab')], 1).costs(bytesOf('abab'));
  // Without itself: a once, b twice, two kinds: the first a costs (1 + 2/256) / 5 with nothing known.
  expect(Math.exp(-costs[0]!)).toBeCloseTo((1 + 2 / 256) / 5, 12);
  // The last b after an a: the other b after a, one kind.
  const short = (1 + 2 / 256) / 5;
  expect(Math.exp(-costs[7]!)).toBeCloseTo((1 + short) / 2, 12);
});

it('tells scripts apart', () => {
  expect(['Hello', 'Привет, world', 'नमस्ते', '中文', '123', ''].map(scriptOf)).toEqual([
    'Latn',
    'Cyrl',
    'Deva',
    undefined,
    undefined,
    undefined,
  ]);
});

it('evens out the segments of a sentence that it has not seen, and leaves characters whole', async () => {
  const text = readFileSync('src/experiments/magnet/data/article-1.txt', 'utf8');
  const { figures, result } = await runOn(experiment, text);
  // One prior gives about as many segments as there are bytes: 170, 293 and 499.
  expect(figures['most-single']).toBeGreaterThan(2);
  expect(figures['most']).toBeLessThan(1.3);
  expect(figures['cyrillic']).toBeGreaterThan(0.7);
  expect(figures['inside-single']).toBeGreaterThan(figures['inside']! + 10);
  for (const { ends, bytes } of result.lines) expect(ends.own.at(-1)).toBe(bytes);
  // The prior's part, on what was learned from: 1 of 5, 10 and 12.5 bytes.
  const shares = result.learned.map(({ bytes, segments }) => bytes / segments.own);
  expect(shares[0]).toBeGreaterThan(4.5);
  expect(shares[2]! / shares[0]!).toBeGreaterThan(2);
});

it('says nothing about scripts that have no predictor, and has no figures without Latin', async () => {
  const { figures, result } = await runOn(experiment, '中文\n\nПривет\n');
  expect(result.lines.map(({ script }) => script)).toEqual([undefined, 'Cyrl']);
  expect(figures).toMatchObject({ most: undefined, 'devanagari-bytes': undefined });
  const none = await runOn(experiment, ' \n');
  expect([none.result.lines, none.figures['learned']]).toEqual([[], undefined]);
});
