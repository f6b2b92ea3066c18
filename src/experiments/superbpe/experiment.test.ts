import { expect, it } from 'vitest';
import { drain } from '../../tokenizers/files/steps';
import { trainBpe } from '../../tokenizers/train/bpe';
import { isAllowed, trainSuperBpe } from '../../tokenizers/train/superbpe';
import { alice } from '../alice';
import { readState } from '../experiment';
import { catalogueTokenizer, runOn } from '../testing/run';
import { divide, excerptOf, halves, inOrder } from './divide';
import { at, experiment } from './experiment';
import { firstStage, learnBoth } from './learn';
import { encodePieces, lengthsInOrder, measureSymbols, Tally } from './measure';

const text = (await alice.load()).slice(0, 30_000);
const all = { vocabularySize: 700, minFrequency: 2, alphabet: 'all', special: [] } as const;

it('gives the published vocabulary’s tokens of the paper’s model card', async () => {
  // Ids of UW/OLMo2-8B-SuperBPE-t180k for this sentence, as its card and llama.cpp (pull request 12532) print them.
  const { ids } = (await catalogueTokenizer('superbpe-200k')).encode(
    'By the way, I am a fan of the Milky Way.',
  );
  expect([...ids]).toEqual([189205, 181251, 244, 4332, 180235, 199785, 13]);
});

it('counts tokens, superwords and the spread of lengths', () => {
  const tally = new Tally();
  tally.add(0, 2, 3);
  tally.add(1, 6);
  // Lengths 2, 2, 2, 6: mean 3, variance 3.
  const { tokens, bytes, spread, superwords, examples } = tally.result((id) => ['ab', ' of a '][id]!);
  expect([tokens, bytes, superwords]).toEqual([4, 12, 1]);
  expect(spread).toBeCloseTo(Math.sqrt(3) / 3, 12);
  expect(examples).toEqual([{ text: ' of a ', count: 1 }]);
  expect(new Tally().result(String)).toMatchObject({ tokens: 0, spread: undefined });
});

it('keeps every fifth part of a text apart, and loses none of it', () => {
  const { learned, unseen } = halves(text);
  expect([...learned, ...unseen].join('').length).toBe(text.length);
  expect(unseen.join('').length / text.length).toBeCloseTo(0.2, 1);
  for (const part of [...learned, ...unseen].slice(1)) expect(text).toContain(part);
  for (const tiny of ['a', 'é😀', '漢字'.repeat(30), ' \n '])
    expect([...halves(tiny).learned, ...halves(tiny).unseen].join('').length).toBe(tiny.length);
  expect(halves('😀'.repeat(500)).unseen.join('').isWellFormed()).toBe(true);
});

it('takes the first stage from the beginning of a longer one', () => {
  const { words } = drain(divide([text]));
  const whole = drain(trainBpe(words, all));
  for (const size of [256, 300, 555, 700]) {
    const { names, merges } = drain(trainBpe(words, { ...all, vocabularySize: size }));
    const part = firstStage(whole, size);
    expect([part.names, part.merges]).toEqual([names, merges]);
  }
});

it('learns at each t what SuperBPE learns, in one run', () => {
  const both = drain(learnBoth(text, 700));
  const seen = drain(divide(halves(text).learned));
  expect(both.vocabulary).toBe(700);
  for (const share of [0, 40, 90]) {
    const transition = Math.max(256, Math.round(7 * share));
    const trained = drain(trainSuperBpe(seen.words, () => seen.stretches, { ...all, transition }));
    const here = at(both, share)!;
    expect(here.transition).toBe(transition);
    expect(here.seen.tokens).toBe(trained.curve.at(-1)!.tokens);
    // What was learned, applied as an encoder does, gives the tokens that learning ended with.
    const encoded = drain(measureSymbols(trained.names, drain(encodePieces(trained, seen.stretches))));
    expect(here.seen).toEqual(encoded);
    expect(trained.names.slice(transition).every(isAllowed)).toBe(true);
    const lengths = drain(lengthsInOrder(trained, inOrder(excerptOf(text), 'stretches')));
    expect(here.excerpt).toEqual(lengths);
    expect(lengths.reduce((a, b) => a + b)).toBe(new TextEncoder().encode(excerptOf(text)).length);
  }
});

it('is BPE where t is the whole vocabulary, and saves most in between', () => {
  const both = drain(learnBoth(text, 700));
  const [last] = both.points.slice(-1);
  expect(last!.share).toBe(100);
  expect(last!.learned.seen).toEqual(both.bpe.seen);
  expect(last!.learned.unseen).toEqual(both.bpe.unseen);
  const tokens = both.points.map(({ learned }) => learned.seen.tokens);
  const best = tokens.indexOf(Math.min(...tokens));
  expect(best).toBeGreaterThan(0);
  expect(best).toBeLessThan(10);
});

it('works on short texts, and says what it cannot learn from', async () => {
  const short = await runOn(experiment, 'of the one of the two. '.repeat(40), { t: 100 });
  expect(short.figures['fewer-best']).toBeGreaterThan(0);
  expect(short.figures['fewer-unseen']).toBe(0);
  expect(short.figures['vocabulary']).toBeGreaterThan(256);
  expect(short.figures['fewer-published']).toBeGreaterThan(0);
  await expect(runOn(experiment, ' \n')).rejects.toMatchObject({ code: 'train-empty' });
  expect(() => readState(experiment, { t: 45 })).toThrow(/^t is not usable/);
  expect(() => readState(experiment, { size: 3000 })).toThrow(/^size is not usable/);
});
