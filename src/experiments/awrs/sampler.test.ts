import { describe, expect, it } from 'vitest';
import { uniforms } from '../../engine/lm/draw';
import {
  asLibrary,
  type Chance,
  chanceOf,
  geometric,
  recursive,
  type Sampled,
  type Sampler,
  twoLoops,
} from './sampler';

/** A way that chance can go, and how probable it is. */
interface Course {
  readonly sampled: Sampled;
  readonly probability: number;
}

/** Beyond so many failures in a row, what is left has no weight that counts. */
const FAILURES = 45;

/** Every way that chance can go in a sampler, by running it again and again with each choice in turn. */
function courses(sampler: Sampler, probabilities: readonly number[], valid: ReadonlySet<number>): Course[] {
  const found: Course[] = [];
  const open: (readonly number[])[] = [[]];
  while (open.length > 0) {
    const script = open.pop()!;
    let at = 0;
    let probability = 1;
    const decide = (options: readonly number[]): number => {
      const choice = script[at];
      if (choice === undefined) {
        for (const [option, p] of options.entries()) if (p > 0) open.push([...script.slice(0, at), option]);
        throw new Error('undecided');
      }
      at++;
      probability *= options[choice]!;
      return choice;
    };
    const chance: Chance = {
      pick: (weights, total) => decide(Array.from(weights, (weight) => weight / total)),
      failures: (success) => decide(Array.from({ length: FAILURES }, (_, k) => (1 - success) ** k * success)),
    };
    try {
      const sampled = sampler(Float64Array.from(probabilities), (id) => valid.has(id), chance);
      found.push({ sampled, probability });
    } catch (error) {
      if (!(error instanceof Error && error.message === 'undecided')) throw error;
    }
  }
  return found;
}

const cases = [
  { probabilities: [0.5, 0.25, 0.125, 0.125], valid: [1, 3] },
  { probabilities: [0.125, 0.5, 0.25, 0.125], valid: [0] },
  { probabilities: [0.25, 0.25, 0.25, 0.25], valid: [0, 1, 2, 3] },
];

/** The mean of the weight over all courses that give a token. */
const meanWeight = (all: readonly Course[], id: number) =>
  all.reduce(
    (sum, { sampled, probability }) => sum + (sampled.id === id ? probability * sampled.weight : 0),
    0,
  );

describe.each(cases)(
  'over every course of chance, from $probabilities with $valid valid',
  ({ probabilities, valid }) => {
    const Z = valid.reduce((sum, id) => sum + probabilities[id]!, 0);
    it.each([
      ['two loops', twoLoops, 12],
      ['recursive', recursive, 12],
    ])('%s: the token is exact, the weight unbiased and properly weighted', (_, sampler, digits) => {
      const all = courses(sampler, probabilities, new Set(valid));
      expect(all.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12);
      for (const id of probabilities.keys()) {
        const share = all.reduce(
          (sum, { sampled, probability }) => sum + (sampled.id === id ? probability : 0),
          0,
        );
        expect(share).toBeCloseTo(valid.includes(id) ? probabilities[id]! / Z : 0, digits);
        // Properly weighted: E[w 1{x}] = p(x) for each valid x; their sum says that w is unbiased.
        expect(meanWeight(all, id)).toBeCloseTo(valid.includes(id) ? probabilities[id]! : 0, digits);
      }
    });

    it('recursive: one check more than the token, where a token is left', () => {
      for (const { sampled } of courses(recursive, probabilities, new Set(valid)))
        expect(sampled.checks - sampled.toSample).toBe(sampled.toSample < probabilities.length ? 1 : 0);
    });
  },
);

it('geometric: over every course up to long runs of failures', () => {
  // One token is rejected, so that at most two numbers are drawn: (1/4)^45 is left out.
  const all = courses(geometric, [0.25, 0.5, 0.25], new Set([1, 2]));
  expect(meanWeight(all, 1)).toBeCloseTo(0.5, 12);
  expect(meanWeight(all, 2)).toBeCloseTo(0.25, 12);
});

describe('with random numbers', () => {
  // Zipf's law over 50 tokens, every fifth one valid: Z = 0.1713.
  const raw = Array.from({ length: 50 }, (_, i) => 1 / (i + 1));
  const total = raw.reduce((sum, p) => sum + p, 0);
  const probabilities = Float64Array.from(raw, (p) => p / total);
  const isValid = (id: number) => id % 5 === 2;
  const Z = probabilities.reduce((sum, p, id) => sum + (isValid(id) ? p : 0), 0);
  const TURNS = 20_000;
  const measured = (sampler: Sampler) => {
    const chance = chanceOf(uniforms(7));
    const all = Array.from({ length: TURNS }, () => sampler(probabilities, isValid, chance));
    const mean = (of: (one: Sampled) => number) => all.reduce((sum, one) => sum + of(one), 0) / TURNS;
    const weight = mean((one) => one.weight);
    return {
      weight,
      deviation: Math.sqrt(mean((one) => (one.weight - weight) ** 2)),
      checks: mean((one) => one.checks),
      first: mean((one) => (one.id === 2 ? one.weight : 0)),
      toSample: mean((one) => one.toSample),
    };
  };

  it.each([
    ['two loops', twoLoops],
    ['geometric', geometric],
    ['recursive', recursive],
    ['as the library', asLibrary],
  ])('%s: unbiased and properly weighted within four standard errors', (_, sampler) => {
    const { weight, deviation, first, checks } = measured(sampler);
    const tolerance = (4 * deviation) / Math.sqrt(TURNS);
    expect(Math.abs(weight - Z)).toBeLessThan(tolerance);
    expect(Math.abs(first - probabilities[2]!)).toBeLessThan(tolerance);
    expect(checks).toBeLessThan(50);
  });

  /**
   * An earlier program of our own, over another distribution, of which only Z = 0.1716 is known, found 8.2 checks (two
   * loops), 8.0 (geometric) and 5.5 (recursive), and standard deviations of 0.18, 0.18 and 0.27.
   */
  it.each([
    ['two loops', twoLoops, 8.2, 0.18],
    ['geometric', geometric, 8, 0.18],
    ['recursive', recursive, 5.5, 0.27],
  ])(
    '%s: as many checks, and as large a spread, as was found before at the same Z',
    (_, sampler, checks, spread) => {
      expect(Z).toBeCloseTo(0.1716, 3);
      const found = measured(sampler);
      expect(Math.abs(found.checks - checks)).toBeLessThan(0.4);
      expect(Math.abs(found.deviation - spread)).toBeLessThan(0.02);
    },
  );
});

it('has no weight where nothing is valid, and gives up when everything is checked', () => {
  for (const sampler of [twoLoops, geometric, recursive, asLibrary]) {
    const none = sampler(Float64Array.of(0.5, 0.5, 0), () => false, chanceOf(uniforms(1)));
    expect(none).toEqual({ id: -1, weight: 0, checks: 2, toSample: 2 });
  }
});

it('takes the geometric form where a token is nearly certain', () => {
  const sure = Float64Array.of(0.9, 0.1);
  const all = Array.from({ length: 50 }, (_, seed) => asLibrary(sure, () => true, chanceOf(uniforms(seed))));
  // The geometric form draws the same token again, which is not checked again; the recursive one always another.
  expect(all.filter(({ checks }) => checks === 1).length).toBeGreaterThan(25);
});
