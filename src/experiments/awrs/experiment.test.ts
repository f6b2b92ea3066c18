import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../core/text/utf8';
import { uniforms } from '../../engine/lm/draw';
import { START } from '../../engine/lm/language-model';
import { pauses } from '../../tokenizers/slices';
import { alice } from '../alice';
import { readState } from '../experiment';
import { learnTokenizer } from '../language-models';
import { runOn, testContext } from '../testing/run';
import { ByteReading } from './constraints/bytes';
import { regexConstraint } from './constraints/regex';
import { type Enumeration, enumerate } from './enumerate';
import { experiment, LEVELS, type Result } from './experiment';
import { drawPopulations, systematic } from './particles';
import { asLibrary, chanceOf, twoLoops } from './sampler';
import { sentencesOf } from './sentences';
import { learnTarget, type Target } from './target';
import { PrefixTree } from './tree';

const rhyme =
  'The cat sat. The cat ran. A bat sat on a mat. The rat ran at a cat. A hat. The bat sat. '.repeat(3);
const pattern = '(The|A) (cat|hat|bat) (sat|ran|zzz)\\.';

const rest = pauses({});
const pause = () => rest(0);

const treeOf = (target: Target, source: string) =>
  new PrefixTree(target, ByteReading.start(regexConstraint(source), 60)!);

const listed = async (tree: PrefixTree) => (await enumerate(tree, pause)) as Enumeration;

/** Every string of the pattern, written out. */
const all = ['The', 'A'].flatMap((a) =>
  ['cat', 'hat', 'bat'].flatMap((b) => ['sat', 'ran', 'zzz'].map((c) => `${a} ${b} ${c}.`)),
);

describe('exact probabilities', () => {
  it('are those of the model’s own score of every string', async () => {
    const target = await learnTarget(sentencesOf(rhyme), undefined, { order: 4 });
    const { strings, log2Mass, localLeft } = await listed(treeOf(target, pattern));
    const logs = await target.model.score(
      all.map((text) => ({ prefix: START, ids: [...encodeUtf8(text), target.end] })),
    );
    const masses = logs.map((bits) => 2 ** bits.reduce((sum, each) => sum + each, 0));
    const Z = masses.reduce((sum, mass) => sum + mass, 0);
    // Up to what the search may leave out.
    expect(2 ** log2Mass / Z).toBeCloseTo(1, 3);
    for (const [i, text] of all.entries())
      expect(strings.find((each) => each.text === text)?.exact ?? 0).toBeCloseTo(masses[i]! / Z, 3);
    expect(localLeft).toBeLessThan(1e-4);
    expect(strings.reduce((sum, { local }) => sum + local, 0)).toBeCloseTo(1, 3);
  });

  it('add up all the ways in which tokens spell a string', async () => {
    const tokenizer = await learnTokenizer(rhyme, 270);
    const target = await learnTarget(sentencesOf(rhyme), tokenizer, { order: 3 });
    const { model, end } = target;
    const spelled = async (rest: Uint8Array, ids: readonly number[]): Promise<number> => {
      if (rest.length === 0) {
        const [bits] = await model.score([{ prefix: START, ids: [...ids, end] }]);
        return 2 ** bits!.reduce((sum, each) => sum + each, 0);
      }
      let sum = 0;
      for (let id = 0; id < end; id++) {
        const bytes = model.vocabulary.bytes(id);
        if (bytes.length > 0 && bytes.every((byte, i) => byte === rest[i]))
          sum += await spelled(rest.subarray(bytes.length), [...ids, id]);
      }
      return sum;
    };
    const texts = ['A cat', 'A hat'];
    const masses = await Promise.all(texts.map((text) => spelled(encodeUtf8(text), [])));
    const { strings, log2Mass } = await listed(treeOf(target, 'A (cat|hat)'));
    const Z = masses[0]! + masses[1]!;
    expect(2 ** log2Mass / Z).toBeCloseTo(1, 3);
    expect(strings.find(({ text }) => text === 'A cat')!.exact).toBeCloseTo(masses[0]! / Z, 3);
  });

  it('are not given where too many strings are valid', async () => {
    const target = await learnTarget(sentencesOf(rhyme), undefined, { order: 2 });
    expect(await enumerate(treeOf(target, '[a-z ]*'), pause)).toBeUndefined();
  });
});

describe('particles', () => {
  const draws = async (particles: number, runs: number, seed = 3) => {
    const target = await learnTarget(sentencesOf(rhyme), undefined, { order: 3 });
    const tree = treeOf(target, 'The (cat sat|hat ran|bat zzz|zebra)\\.');
    const exact = await listed(tree);
    const uniform = uniforms(seed);
    const { populations } = await drawPopulations(tree, {
      particles,
      runs,
      threshold: 0.5,
      sampler: particles > 8 ? asLibrary : twoLoops,
      chance: chanceOf(uniform),
      uniform,
      pause,
    });
    const share = (wanted: string) =>
      populations
        .flatMap(({ strings }) => strings)
        .reduce((sum, { text, share: each }) => sum + (text === wanted ? each / runs : 0), 0);
    return { exact, populations, share };
  };

  it.each([
    [1, 1500],
    [6, 400],
  ])('%i: the estimate of the mass is unbiased', async (particles, runs) => {
    const { exact, populations } = await draws(particles, runs);
    const ratios = populations.map(({ log2Mass }) => 2 ** (log2Mass - exact.log2Mass));
    const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / runs;
    const variance = ratios.reduce((sum, ratio) => sum + (ratio - mean) ** 2, 0) / runs;
    expect(Math.abs(mean - 1)).toBeLessThan(4 * Math.sqrt(variance / runs));
  });

  it('one draws token by token, however its weights are', async () => {
    const { exact, share } = await draws(1, 1500);
    for (const { text, local } of exact.strings)
      expect(Math.abs(share(text) - local)).toBeLessThan(4 * Math.sqrt((local * (1 - local)) / 1500) + 1e-9);
  });

  it('many draw what is right', async () => {
    const { exact, share } = await draws(64, 20);
    const off = exact.strings.reduce((sum, each) => sum + Math.abs(each.exact - share(each.text)), 0) / 2;
    const local = exact.strings.reduce((sum, each) => sum + Math.abs(each.exact - each.local), 0) / 2;
    expect(local).toBeGreaterThan(0.25);
    expect(off).toBeLessThan(0.05);
  });

  it('are resampled as often as their weights say', () => {
    // Places 0.1, 0.35, 0.6, 0.85 of shares that end at 0.5, 0.5, 0.9 and 1.
    expect(systematic([0.5, 0, 0.4, 0.1], 0.4)).toEqual([0, 0, 2, 2]);
    expect(systematic([0.25, 0.25, 0.25, 0.25], 0.5)).toEqual([0, 1, 2, 3]);
  });
});

it('on Alice: the zebra is a trap for one particle, not for many, and a few checks do what a mask does with 257', async () => {
  const { result, figures } = await runOn(experiment, await alice.load());
  // Every valid string is listed, so that these have no chance in them. The probability that the model goes on with "a"
  // behind "Alice was ", among the letters that are allowed there, is what the zebra gets.
  const zebra = result.exact!.strings.find(({ text }) => text === 'Alice was a zebra.')!;
  expect(zebra.local).toBeCloseTo(0.365, 2);
  expect(zebra.exact).toBeLessThan(1e-4);
  expect(figures['local-distance']).toBeCloseTo(83.1, 0);
  expect(figures['distance']).toBe(figures['local-distance']);
  expect(figures['distance-most']).toBeLessThan(25);
  expect(figures['full-mask']).toBe(257);
  expect(figures['checks']).toBeLessThan(8);
  expect(figures['extra-checks']).toBeLessThan(1.1);
  expect(figures['weight-ratio']).toBeCloseTo(1, 1);
  const most = result.levels.at(-1)!;
  expect(Math.abs(most.log2Mass - result.exact!.log2Mass)).toBeLessThan(1);
  // What the rule costs decides how many checks there are.
  const { bins } = result.steps!;
  expect(bins.at(-1)!.checks).toBeGreaterThan(5 * bins[0]!.checks);
}, 20_000);

describe('a rule of the visitor', () => {
  const drawn = ({ levels }: Result) => levels.flatMap((level) => level.drawn.map(({ text }) => text));

  it('is kept by all JSON', async () => {
    const { result } = await runOn(experiment, rhyme, { kind: 'json', most: 6, order: 3 });
    for (const text of drawn(result)) expect(() => JSON.parse(text)).not.toThrow();
  });

  it('is kept by all lipograms', async () => {
    const { result } = await runOn(experiment, rhyme, { kind: 'letters', without: 'e', most: 12, order: 3 });
    expect(drawn(result).join('')).not.toMatch(/e/i);
    expect(drawn(result).length).toBeGreaterThan(20);
  });

  it('is kept by all strings of a length, in tokens of several bytes', async () => {
    const raw = { kind: 'length', length: 3, tokens: 'bpe', order: 3, most: 16 };
    const { result } = await runOn(experiment, rhyme, raw);
    for (const text of drawn(result)) expect(text.split(/\s+/u)).toHaveLength(3);
  });

  it('may be one that the model has never seen', async () => {
    const { result, figures } = await runOn(experiment, '東京。', { pattern: 'é|é😀', order: 2 });
    expect(drawn(result).every((text) => /^(é|😀)+$/u.test(text))).toBe(true);
    expect(figures['checks']).toBeGreaterThan(20);
    const none = await runOn(experiment, 'a', { kind: 'pattern', pattern: 'b?', order: 1 });
    expect(none.result.exact!.strings.map(({ text }) => text).sort()).toEqual(['', 'b']);
  });

  it('that cannot be kept is refused, as is a text without words', async () => {
    await expect(runOn(experiment, rhyme, { pattern: 'a(?=b)' })).rejects.toMatchObject({
      code: 'query-invalid',
    });
    await expect(runOn(experiment, rhyme, { pattern: 'a{20}', most: 10 })).rejects.toThrow(
      'The shortest valid string has 20 characters, more than the 10 that are allowed.',
    );
    await expect(runOn(experiment, ' \n ')).rejects.toMatchObject({ code: 'train-empty' });
    expect(() => readState(experiment, { particles: 3 })).toThrow(/^particles is not usable/);
  });
});

it('gives the same for the same seed, other strings for another, and tells what there is so far', async () => {
  const levels: number[] = [];
  const state = readState(experiment, { pattern, order: 3 });
  const context = testContext({ preview: (part: Result) => levels.push(part.levels.length) });
  const result = await experiment.run(state, { kind: 'text', text: rhyme }, context);
  expect(levels).toEqual(LEVELS.map((_, i) => i + 1));
  const again = await runOn(experiment, rhyme, { pattern, order: 3, particles: 32 });
  expect(again.result).toEqual(result);
  const other = await runOn(experiment, rhyme, { pattern, order: 3, seed: 2 });
  expect(other.result.exact).toEqual(result.exact);
  expect(other.result.levels[0]!.drawn).not.toEqual(result.levels[0]!.drawn);
}, 20_000);

it('can be ended while it draws', async () => {
  const stop = new AbortController();
  const state = readState(experiment, { kind: 'letters', order: 3 });
  const context = testContext({ signal: stop.signal, preview: () => stop.abort() });
  const running = experiment.run(state, { kind: 'text', text: rhyme }, context);
  await expect(running).rejects.toMatchObject({ code: 'aborted' });
});

it('reads sentences: lines are joined, headings stand alone, and what goes on after a mark is one', () => {
  const text = "Chapter 1\n\nShe was\nnot here. 'Oh!' said she. Why?\n\n東京。大阪！\nnot ended";
  expect(sentencesOf(text)).toEqual([
    'Chapter 1',
    'She was not here.',
    "'Oh!' said she.",
    'Why?',
    '東京。',
    '大阪！',
    'not ended',
  ]);
  const long = sentencesOf('word '.repeat(200));
  expect(long.every((part) => part.length <= 300)).toBe(true);
  expect(long.join(' ')).toBe('word '.repeat(200).trim());
});
