import { describe, expect, it } from 'vitest';
import { draw, totalVariation, uniforms } from '../../engine/lm/draw';
import { extendBy, START } from '../../engine/lm/language-model';
import { alice } from '../alice';
import { loadPair, type NextTokens, tempered } from '../draft-target';
import { readState } from '../experiment';
import { loadSolver } from '../linear-program';
import { distribution, pair } from '../testing/pair';
import { runOn, testContext } from '../testing/run';
import { verifyOnce } from './decode';
import { experiment, KS } from './experiment';
import { acceptanceOf, outputLaw, residual, solveKSeq, tryDrafts, withRho } from './k-seq';
import { testLaw } from './laws';
import { merged, optima, optimumByProgram } from './optimum';

const total = (values: Float64Array) => values.reduce((sum, each) => sum + each, 0);

describe('K-SEQ', () => {
  it('accepts with 0.75 for p = (½, ½), q = (1, 0), k = 2, as by hand', () => {
    // β = min(½, 1/ρ) = ½ up to ρ = 2, and 1 − (1 − ½)² = ¾ = ρ / 2 at ρ = 1.5.
    const found = solveKSeq([0.5, 0.5], [1, 0], 2);
    expect(found.rho).toBeCloseTo(1.5, 10);
    expect(found.acceptance).toBeCloseTo(0.75, 10);
    // No choice between two independent drafts does better: both miss with ¼. Drafts that are drawn to differ always hit.
    expect(optima([0.5, 0.5], [1, 0], [2])[0]).toBeCloseTo(0.75, 12);
  });

  it('is plain speculative sampling for one draft', () => {
    const [p, q] = [distribution(1, 30), distribution(2, 30)];
    const found = solveKSeq(p, q, 1);
    expect(found.rho).toBe(1);
    expect(found.acceptance).toBeCloseTo(1 - totalVariation(p, q), 12);
    expect(optima(p, q, [1])[0]).toBeCloseTo(found.acceptance, 12);
  });

  it.each(KS)('gives exactly the law of the target with %i drafts, and accepts with 1 − (1 − β)^k', (k) => {
    for (let seed = 1; seed < 40; seed++) {
      const [p, q] = [distribution(seed, 20), distribution(seed + 1000, 20)];
      const found = solveKSeq(p, q, k);
      expect(found.acceptance).toBeCloseTo(acceptanceOf(found.beta, k), 14);
      // The root, and within what the paper says it is.
      expect(found.acceptance).toBeCloseTo(found.rho * found.beta, 9);
      expect(found.rho).toBeGreaterThanOrEqual(1);
      expect(found.rho).toBeLessThanOrEqual(k);
      expect(totalVariation(outputLaw(p, q, found), q)).toBeLessThan(1e-9);
      // Any larger ρ is valid too, and accepts less.
      const larger = withRho(p, q, k, found.rho + 0.3);
      expect(totalVariation(outputLaw(p, q, larger), q)).toBeLessThan(1e-9);
      expect(larger.acceptance).toBeLessThanOrEqual(found.acceptance);
      // The guarantee.
      const [best] = optima(p, q, [k]);
      expect(found.acceptance).toBeLessThanOrEqual(best! + 1e-9);
      expect(found.acceptance).toBeGreaterThanOrEqual((1 - (1 - 1 / k) ** k) * best! - 1e-9);
    }
  });

  it('draws the law of the target, at the noise of sampling, and accepts as often as computed', () => {
    const [p, q] = [distribution(5, 12), distribution(6, 12)];
    const times = 20_000;
    for (const k of KS) {
      const uniform = uniforms(k);
      const found = solveKSeq(p, q, k);
      const rest = residual(p, q, found);
      const law = new Float64Array(12);
      let accepted = 0;
      for (let i = 0; i < times; i++) {
        const drafts = Array.from({ length: k }, () => draw(p, uniform()));
        const kept = tryDrafts(drafts, p, q, found, uniform);
        if (kept >= 0) accepted++;
        law[kept >= 0 ? drafts[kept]! : draw(rest, uniform())]! += 1 / times;
      }
      // Of 12 shares, the expected total variation is below ½ √(12 / n): 0.012.
      expect(totalVariation(law, q)).toBeLessThan(0.015);
      expect(accepted / times).toBeCloseTo(found.acceptance, 1);
      expect(Math.abs(accepted / times - found.acceptance)).toBeLessThan(4 * Math.sqrt(0.25 / times));
    }
  });

  it('bends the law where ρ is too small', () => {
    const [p, q] = [distribution(5, 12), distribution(6, 12)];
    expect(totalVariation(outputLaw(p, q, withRho(p, q, 8, 1)), q)).toBeGreaterThan(0.05);
  });

  it('copes with models that agree, and with such as share no token', () => {
    const q = distribution(3, 6);
    expect(solveKSeq(q, q, 4)).toMatchObject({ rho: expect.closeTo(1, 4), acceptance: expect.closeTo(1, 9) });
    expect(residual(q, q, solveKSeq(q, q, 4)).every((each) => each >= 0)).toBe(true);
    const apart = solveKSeq([1, 0], [0, 1], 4);
    expect(apart.acceptance).toBe(0);
    expect([...outputLaw([1, 0], Float64Array.of(0, 1), apart)]).toEqual([0, 1]);
  });
});

describe('the optimum', () => {
  it('is what the linear program gives', async () => {
    const open = await loadSolver();
    for (let seed = 1; seed <= 6; seed++) {
      const size = 2 + (seed % 4);
      const [p, q] = [distribution(seed, size), distribution(seed + 50, size)];
      for (const k of KS) {
        const program = optimumByProgram(p, q, k, open());
        expect(optima(p, q, [k])[0]).toBeCloseTo(program, 8);
      }
    }
  });

  it('is that of the best of all sets of tokens', () => {
    const [p, q] = [distribution(8, 10), distribution(9, 10)];
    for (const k of KS) {
      let most = 0;
      for (let set = 0; set < 1 << 10; set++) {
        const mass = (of: Float64Array) => total(of.map((each, x) => (set & (1 << x) ? each : 0)));
        most = Math.max(most, mass(p) ** k - mass(q));
      }
      expect(optima(p, q, [k])[0]).toBeCloseTo(1 - most, 12);
    }
  });

  it('can be had over a few tokens and one symbol for the others', () => {
    const [p, q] = merged(distribution(1, 40), distribution(2, 40), 5);
    expect([p.length, q.length]).toEqual([5, 5]);
    expect(total(p)).toBeCloseTo(1, 12);
    expect(total(q)).toBeCloseTo(1, 12);
    expect([...q.slice(0, 4)].sort((a, b) => b - a)).toEqual([...q.slice(0, 4)]);
  });
});

describe('a step', () => {
  it('calls the target once, for the places behind all drafts, and gives one token more than it accepts', async () => {
    let [calls, asked] = [0, 0];
    const target: NextTokens = {
      vocabulary: pair.vocabulary,
      next: (prefixes, signal) => {
        calls++;
        asked = prefixes.length;
        return pair.target.next(prefixes, signal);
      },
    };
    const uniform = uniforms(2);
    for (let i = 1; i <= 30; i++) {
      const found = await verifyOnce(START, { ...pair, target, k: 4, length: 3, uniform });
      expect(calls).toBe(i);
      expect(asked).toBe(found.nodes.length);
      const path = found.nodes.filter(({ fate }) => fate === 'accepted' || fate === 'own');
      expect(path.map(({ id }) => id)).toEqual(found.ids);
      const top = found.nodes.filter(({ parent, fate }) => parent < 0 && fate !== 'own');
      expect(top.reduce((sum, { drafts }) => sum + drafts, 0)).toBe(4);
      expect(found.tried.length).toBe(Math.min(3, found.ids.length));
    }
  });

  it('accepts every draft of a draft model that is the target', async () => {
    const same = { ...pair, target: pair.draft, uniform: uniforms(4) };
    const { ids } = await verifyOnce(extendBy(START, [1]), { ...same, k: 2, length: 6 });
    expect(ids.length).toBe(7);
  });

  it.each(KS)('leaves the law of what is written unchanged with %i drafts; ρ = 1 does not', async (k) => {
    const options = { k, seed: 11, times: 4000, onProgress: () => undefined };
    expect((await testLaw(pair, { ...options, isSolved: true })).p).toBeGreaterThan(0.01);
    if (k > 1) expect((await testLaw(pair, { ...options, isSolved: false })).p).toBeLessThan(1e-6);
  });

  it('takes a temperature of 0', async () => {
    const target = tempered(pair.target, 0);
    const { ids } = await verifyOnce(START, { ...pair, target, k: 3, length: 4, uniform: uniforms(1) });
    const [first] = await pair.target.next([START]);
    expect(ids[0]).toBe(first!.indexOf(Math.max(...first!)));
  });
});

describe('on a text', () => {
  const text = Array.from(
    { length: 120 },
    (_, i) => `The ${['cat', 'dog', 'rat'][i % 3]} sat on the ${['mat', 'hat'][i % 2]} number ${i}.\n`,
  ).join('');

  it('gets more tokens from a call with more drafts, and never more than the optimum accepts', async () => {
    const { result, figures } = await runOn(experiment, text, { program: true, unit: 'bytes', order: 2 });
    const per = result.runs.map(({ tokens, calls }) => tokens / calls);
    expect(per.at(-1)).toBeGreaterThan(per[0]!);
    expect(figures['ratio']).toBeGreaterThan(1);
    for (const { kSeq, optimum } of result.acceptances) expect(kSeq).toBeLessThanOrEqual(optimum + 1e-9);
    expect(figures['program']).toBeLessThan(1e-7);
    for (const { gave, calls, tokens, hits, expected } of result.runs) {
      // Within four standard deviations, which are at most ½ √n.
      expect(Math.abs(hits - expected)).toBeLessThan(2 * Math.sqrt(calls));
      expect(gave.reduce((sum, count) => sum + count, 0)).toBe(calls);
      expect(gave.reduce((sum, count, i) => sum + count * (i + 1), 0)).toBe(tokens);
    }
  });

  it('takes one that is too short to set anything aside, and refuses an empty one', async () => {
    const { result, figures } = await runOn(experiment, 'Größe 😀 東京');
    expect(result.prompt).toEqual([]);
    expect(figures['per-call']).toBeGreaterThanOrEqual(1);
    await expect(runOn(experiment, ' \n')).rejects.toMatchObject({ code: 'train-empty' });
    expect(() => readState(experiment, { k: 3 })).toThrow(/^k is not usable/);
  });
});

it('writes what the target network alone would, with four drafts of a network', async () => {
  const choice = { moment: 'late' as const, prompts: 1, seed: 1 };
  const networks = await loadPair(await alice.load(), choice, testContext().languageModel);
  const options = { k: 4, seed: 3, times: 600, onProgress: () => undefined };
  const law = await testLaw(networks, { ...options, isSolved: true });
  expect(law.freedom).toBeGreaterThan(2);
  expect(law.p).toBeGreaterThan(0.001);
}, 60_000);
