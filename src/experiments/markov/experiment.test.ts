import { describe, expect, it } from 'vitest';
import { readState } from '../experiment';
import { runOn, testContext } from '../testing/run';
import { bpeCurve, curveSizes, lzwCurve } from './curves';
import { breakEven, experiment, lzwBound, pointAt, type Result } from './experiment';
import { entropy, switchingLines, switchingSymbols, textLines, textSymbols } from './source';

const mixed = { kind: 'text', text: 'Größe 😀 東京 '.repeat(60) } as const;

const run = (raw: object, text = '') => runOn(experiment, text, raw);

/**
 * Plain BPE and a unigram model on 200 000 symbols, computed before by a program of its own with its own random numbers,
 * in bits per character. The tolerance is what two samples of the source differ by: 0.012 bits, about three standard
 * deviations at p = 0.2, q = 0.3.
 */
const golden = [
  { source: { p: 0.1, q: 0.1, k: 1 }, losses: { 2: 1, 10: 0.668, 32: 0.583, 102: 0.557, 256: 0.528 } },
  { source: { p: 0.1, q: 0.1, k: 2 }, losses: { 2: 1, 10: 0.787, 32: 0.618, 102: 0.554, 256: 0.533 } },
  { source: { p: 0.2, q: 0.3, k: 1 }, losses: { 2: 0.972, 10: 1.028, 32: 0.939, 256: 0.838 } },
];
const TOLERANCE = 0.012;

describe.each(golden)('the switching source at $source', ({ source, losses }) => {
  it('costs what was computed before, by BPE; LZW is under its guarantee, and nothing under the entropy rate', async () => {
    const { result } = await run(source);
    for (const [size, loss] of Object.entries(losses)) {
      const point = pointAt(result.bpe, Number(size))!;
      expect(Math.abs(point.loss - loss), `${size} tokens: ${point.loss}, before ${loss}`).toBeLessThan(
        TOLERANCE,
      );
    }
    for (const { size, loss } of result.lzw)
      expect(loss).toBeLessThan(lzwBound(result, size) ?? Number.POSITIVE_INFINITY);
    // Within the noise of 50 000 symbols.
    for (const { loss } of [...result.bpe, ...result.lzw])
      expect(loss).toBeGreaterThan(result.entropyRate - TOLERANCE);
  });
});

it('knows the entropy rate and the entropy of characters', () => {
  // Two states, a half each: H(0.1) = 0.468996, H(0.5) = 1; whatever k is.
  expect(switchingLines({ p: 0.1, q: 0.1, k: 3 })).toEqual({
    entropyRate: expect.closeTo(0.468996, 6),
    unigram: 1,
  });
  // π = (0.6, 0.4): 0.6 H(0.2) + 0.4 H(0.3) = 0.6 · 0.721928 + 0.4 · 0.881291, H(0.4) = 0.970951.
  expect(switchingLines({ p: 0.2, q: 0.3, k: 1 })).toEqual({
    entropyRate: expect.closeTo(0.785673, 6),
    unigram: expect.closeTo(0.970951, 6),
  });
  // A coin: no memory, so nothing to gain.
  expect(switchingLines({ p: 0.5, q: 0.5, k: 1 })).toEqual({ entropyRate: 1, unigram: 1 });
});

it('knows the entropies of a text', () => {
  // a: 4 of 8; b and c: 2 each. Behind b and c there is always an a, behind an a b or c (bits of bcbc: 1).
  const { unigram, entropyRate } = textLines('abacabac');
  expect(unigram).toBeCloseTo(1.5, 12);
  expect(entropyRate).toBeCloseTo(4 / 7, 12);
  expect(entropy([])).toBe(0);
  expect(textLines('')).toEqual({ entropyRate: 0, unigram: 0 });
});

it('shows where a small dictionary is worse than none', async () => {
  const { result, figures } = await run({ k: 2, d: 4 });
  expect(figures['loss']).toBeGreaterThan(1.3);
  expect(figures['break-even']).toBeGreaterThan(4);
  expect(breakEven(result.bpe.slice(0, 3))).toBeUndefined();
});

it('gains nothing from tokens where the source has no memory', async () => {
  const { result } = await run({ p: 0.5, q: 0.5, k: 1 });
  for (const { loss } of [...result.bpe, ...result.lzw]) expect(loss).toBeGreaterThan(0.999);
});

it('divides as BPE and as LZW do', () => {
  // "ab" is the most frequent pair, then "abab"; the last fifth is set aside.
  const symbols = textSymbols('ab'.repeat(100));
  const bpe = [...bpeCurve(symbols, [2, 3, 4])].filter((point) => point !== undefined);
  expect(bpe.map(({ size, tokens }) => [size, tokens])).toEqual([
    [2, 40],
    [3, 20],
    [4, 10],
  ]);
  expect(bpe[0]!.loss).toBeCloseTo(1, 12);
  // 80 times "ab", never another: −log₂((80 + ½) / (80 + 3 · ½)) for every two characters.
  expect(bpe[1]!.loss).toBeCloseTo(-Math.log2(80.5 / 81.5) / 2, 12);
  // LZW enters ab, ba, aba, abab, bab: the first phrases of the text are a, b, ab, aba, ba.
  const lzw = [...lzwCurve(symbols, [2, 3, 4, 5, 6, 7])];
  expect(lzw.map(({ opening }) => opening.slice(0, 3))).toEqual([
    [1, 1, 1],
    [2, 2, 2],
    [2, 2, 2],
    [3, 2, 2],
    [4, 4, 4],
    [4, 4, 4],
  ]);
});

it('sets every fifth stretch aside, and lets no token cross a border', () => {
  const text = Array.from({ length: 11 }, (_, i) => String.fromCharCode(97 + i).repeat(500)).join('');
  const symbols = textSymbols(text);
  expect(Array.from(symbols.learnStarts)).toEqual([0, 2000, 4000, 4500]);
  expect(symbols.measured).toBe(1000);
  expect(symbols.measure.length).toBe(1001);
  expect(symbols.measure[500]).toBe(-1);
  expect(new Set(symbols.measure)).toEqual(new Set([4, -1, 9]));
});

it('takes a text of any script', async () => {
  const { result, figures } = await run({ source: 'text', d: 4096 }, mixed.text);
  expect(result.alphabet).toBe(9);
  expect(figures['loss']).toBeLessThan(figures['characters']!);
  // A text that repeats itself leaves no pair that occurs twice: the curve ends early.
  expect(result.bpe.at(-1)!.size).toBeLessThan(4096);
});

it('has no figures for a text that is too short, and refuses too many different characters', async () => {
  for (const text of ['', 'short']) {
    const { result, figures } = await run({ source: 'text' }, text);
    expect(new Set(Object.values(figures))).toEqual(new Set([undefined]));
    expect(result.bpe).toEqual([]);
  }
  const han = Array.from({ length: 3000 }, (_, i) => String.fromCodePoint(0x4e00 + i)).join('');
  await expect(run({ source: 'text' }, han)).rejects.toMatchObject({ code: 'text-too-large' });
  const { figures } = await run({ source: 'text' }, 'a'.repeat(1000));
  expect(figures['characters']).toBe(0);
  expect(figures['ratio']).toBeUndefined();
});

it('gives another sequence for another seed, and tells what there is so far', async () => {
  const bits = [1, 2, 1].map((seed) =>
    Array.from(switchingSymbols({ p: 0.1, q: 0.1, k: 2 }, seed).measure).join(''),
  );
  expect(bits[0]).not.toBe(bits[1]);
  expect(bits[0]).toBe(bits[2]);
  const isRandom = (fields: object) => experiment.isRandom?.(readState(experiment, fields));
  expect([isRandom({}), isRandom({ source: 'text' })]).toEqual([true, false]);
  const sizes: number[] = [];
  const context = testContext({ preview: (part: Result) => sizes.push(part.bpe.length) });
  const { bpe } = await experiment.run(readState(experiment, { source: 'text' }), mixed, context);
  expect(sizes[0]).toBe(1);
  expect(sizes.at(-1)).toBe(bpe.length);
  expect(() => readState(experiment, { p: 0 })).toThrow(/^p is not usable/);
});

it('has points at every small size', () => {
  expect(curveSizes(2, 8)).toEqual([2, 3, 4, 5, 6, 7, 8]);
  expect(curveSizes(2, 1024)).toEqual(expect.arrayContaining([32, 64, 128, 256, 512, 1024]));
  expect(curveSizes(80, 128).at(-1)).toBe(128);
});
