import { describe, expect, it } from 'vitest';
import { totalVariation, uniforms } from '../../engine/lm/draw';
import { extend, START } from '../../engine/lm/language-model';
import { alice } from '../alice';
import { lawOf } from '../draft-law';
import { loadPair, tempered } from '../draft-target';
import { readState } from '../experiment';
import { distribution, pair } from '../testing/pair';
import { runOn, testContext } from '../testing/run';
import { Correlation } from './correlation';
import { experiment } from './experiment';
import { callOnce, SHAPES } from './runs';
import { SlotHeap } from './slot-heap';
import { type DraftTree, growByEstimate, growFixed } from './tree';
import { verify } from './verify';

/**
 * The law of the first token, exactly: all ways to draw children of one node without replacement, weighted by their
 * probabilities; for each, the chances with which `verify` accepts them, and the target's own token, which it draws at
 * the place u of the last distribution: summed over a fine grid of u.
 */
function lawOfOneNode(d: Float64Array, q: Float64Array, children: number): Float64Array {
  const law = new Float64Array(d.length);
  const orders = (drawn: number[], weight: number): void => {
    const mass = 1 - drawn.reduce((sum, id) => sum + d[id]!, 0);
    if (drawn.length === children) {
      const nodes = [-1, ...drawn].map((id, at) => ({
        parent: at === 0 ? -1 : 0,
        id,
        prefix: at === 0 ? START : extend(START, id),
        share: 1,
        reach: 1,
      }));
      const tree: DraftTree = { nodes, laws: [d], draftCalls: 1 };
      const laws = nodes.map(() => q);
      let rest = weight;
      // Refused so far: every number is near 1; the chances of what is tried are then all known.
      const { tried } = verify(tree, laws, () => 1 - 1e-16);
      for (const [i, { chance }] of tried.entries()) {
        law[drawn[i]!]! += rest * chance;
        rest *= 1 - chance;
        if (rest < 1e-15) return;
      }
      const GRID = 2000;
      for (let i = 0; i < GRID; i++) {
        let turn = 0;
        const own = () => (turn++ < tried.length ? 1 - 1e-16 : (i + 0.5) / GRID);
        law[verify(tree, laws, own).ids[0]!]! += rest / GRID;
      }
      return;
    }
    for (let id = 0; id < d.length; id++) {
      if (!drawn.includes(id)) orders([...drawn, id], (weight * d[id]!) / mass);
    }
  };
  orders([], 1);
  return law;
}

describe('the verification', () => {
  it.each([1, 2, 3, 4])(
    'gives the law of the target with %i children, drawn without replacement',
    (children) => {
      for (const seed of [1, 2]) {
        const [d, q] = [distribution(seed, 4), distribution(seed + 20, 4)];
        // The grid is as fine as this.
        expect(totalVariation(lawOfOneNode(d, q, children), q)).toBeLessThan(1e-3);
      }
    },
  );

  it('accepts as by hand', () => {
    // d = (½, ½), q = (¼, ¾), children 0 and 1: 0 is accepted with ½; else q becomes (0, 1) and d (0, 1).
    const nodes = [
      { parent: -1, id: -1, prefix: START, share: 1, reach: 1 },
      { parent: 0, id: 0, prefix: extend(START, 0), share: 0.5, reach: 0.5 },
      { parent: 0, id: 1, prefix: extend(START, 1), share: 1, reach: 0.5 },
    ];
    const tree = { nodes, laws: [Float64Array.of(0.5, 0.5)], draftCalls: 1 };
    const laws = nodes.map(() => Float64Array.of(0.25, 0.75));
    const { tried, fates, ids } = verify(tree, laws, () => 0.6);
    expect(tried).toEqual([
      { share: 0.5, chance: 0.5 },
      { share: 1, chance: 1 },
    ]);
    expect(fates).toEqual(['accepted', 'rejected', 'accepted']);
    // Behind it there is no draft: the target's own token, the second of (¼, ¾) at 0.6.
    expect(ids).toEqual([1, 1]);
  });

  it.each(SHAPES)('leaves the law of two tokens unchanged: %s', async (shape) => {
    for (const budget of [3, 12]) {
      const settings = { ...pair, shape, arity: 2, budget, uniform: uniforms(budget) };
      const law = await lawOf({
        target: pair.target,
        prompt: START,
        write: async (prefix) => (await callOnce(prefix, settings)).verdict.ids,
        times: 4000,
        onProgress: () => undefined,
      });
      expect(law.p).toBeGreaterThan(0.01);
      // Of 5 shares, the expected total variation is below ½ √(5 / n): 0.018.
      expect(law.variation).toBeLessThan(0.03);
    }
  });

  it('accepts everything of a draft that is the target, down to the end of a chain', async () => {
    const same = { ...pair, target: pair.draft, shape: 'chain' as const, arity: 1, uniform: uniforms(3) };
    const { verdict } = await callOnce(START, { ...same, budget: 9 });
    expect(verdict.ids.length).toBe(10);
  });
});

describe('a tree', () => {
  it('grows where its estimate is highest, at every step', async () => {
    const { nodes, draftCalls } = await growByEstimate(START, {
      draft: pair.draft,
      budget: 20,
      uniform: uniforms(5),
    });
    expect(nodes.length).toBe(21);
    // The slot of each token had the estimate reach / share; all open ones are compared again, without a heap.
    let open = [1];
    for (const { share, reach } of nodes.slice(1)) {
      const slot = reach / share;
      const best = Math.max(...open);
      expect(slot).toBeCloseTo(best, 10);
      open.splice(open.indexOf(best), 1);
      open = [...open, reach, ...(share < 1 ? [slot * (1 - share)] : [])];
    }
    expect(draftCalls).toBe(new Set(nodes.slice(1).map(({ parent }) => parent)).size);
  });

  it('is the beginning of the tree of a larger budget, and draws no token twice at a node', async () => {
    const grow = (budget: number) =>
      growByEstimate(START, { draft: pair.draft, budget, uniform: uniforms(8) });
    const [small, large] = [await grow(8), await grow(30)];
    expect(large.nodes.slice(0, 9)).toEqual(small.nodes);
    const keys = large.nodes.map(({ parent, id }) => `${parent} ${id}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('ends where the draft has nothing left', async () => {
    const sure = tempered(pair.draft, 0);
    const { nodes } = await growByEstimate(START, { draft: sure, budget: 5, uniform: uniforms(1) });
    expect(nodes.map(({ parent }) => parent)).toEqual([-1, 0, 1, 2, 3, 4]);
    expect(nodes.every(({ reach }) => reach === 1)).toBe(true);
  });

  it.each([
    [1, [-1, 0, 1, 2, 3, 4, 5, 6], 7],
    [2, [-1, 0, 0, 1, 1, 2, 2, 3], 3],
    [3, [-1, 0, 0, 0, 1, 1, 1, 2], 2],
  ])('of fixed shape has %i branches, a call of the draft a level', async (arity, parents, calls) => {
    const options = { draft: pair.draft, budget: 7, uniform: uniforms(2) };
    const { nodes, draftCalls } = await growFixed(START, arity, options);
    expect(nodes.map(({ parent }) => parent)).toEqual(parents);
    expect(draftCalls).toBe(calls);
  });
});

it('a heap gives the highest first, and of equal ones the first', () => {
  const heap = new SlotHeap();
  for (const [parent, reach] of [0.2, 0.9, 0.5, 0.9, 0.1].entries())
    heap.push({ parent, reach, left: undefined });
  const order: number[] = [];
  for (let slot = heap.pop(); slot; slot = heap.pop()) order.push(slot.parent);
  expect(order).toEqual([1, 3, 2, 0, 4]);
});

it('knows a correlation', () => {
  const all = new Correlation();
  // Means 0.25 and 0.5; Σ dx dy = 0.1, Σ dx² = 0.05, Σ dy² = 0.5: r = 0.1 / √0.025.
  for (const [x, y] of [
    [0.1, 0.5],
    [0.2, 0],
    [0.3, 0.5],
    [0.4, 1],
  ] as const)
    all.add(x, y);
  const { correlation, count, bins } = all.result();
  expect(correlation).toBeCloseTo(0.1 / Math.sqrt(0.05 * 0.5), 12);
  expect(count).toBe(4);
  expect(bins.map((bin) => bin.count)).toEqual([1, 1, 1, 1]);
  expect(new Correlation().result().correlation).toBeUndefined();
});

describe('on a text', () => {
  const text = Array.from(
    { length: 120 },
    (_, i) => `The ${['cat', 'dog', 'rat'][i % 3]} sat on the ${['mat', 'hat'][i % 2]} number ${i}.\n`,
  ).join('');

  it('writes what the target writes, and a tree that grows by estimate gives more tokens than a chain', async () => {
    const { figures } = await runOn(experiment, text, { order: 2 });
    expect(figures['same']).toBe(100);
    expect(figures['dynamic']).toBeGreaterThan(figures['chain']!);
    expect(figures['correlation']).toBeGreaterThan(0.3);
  });

  it('leaves its law unchanged at another temperature', async () => {
    const { figures, result } = await runOn(experiment, text, { t: 1, unit: 'tokens', budget: 8 });
    expect(figures['law']).toBeGreaterThan(0.001);
    expect(result.laws.map(({ budget }) => budget)).toEqual([8, 16, 64]);
  });

  it('takes one that is too short to set anything aside, and refuses an empty one', async () => {
    const { result, figures } = await runOn(experiment, 'Größe 😀 東京');
    expect(result.prompt).toEqual([]);
    expect(figures['dynamic']).toBeGreaterThanOrEqual(1);
    await expect(runOn(experiment, ' \n')).rejects.toMatchObject({ code: 'train-empty' });
    expect(() => readState(experiment, { budget: 3 })).toThrow(/^budget is not usable/);
  });
});

describe('networks', () => {
  it('write what the target alone would: the law of two bytes, counted', async () => {
    const choice = { moment: 'late' as const, targetTemperature: 0.6, prompts: 1, seed: 1 };
    const networks = await loadPair(await alice.load(), choice, testContext().languageModel);
    const settings = {
      ...networks,
      shape: 'dynamic' as const,
      arity: 2,
      budget: 8,
      most: 2,
      uniform: uniforms(7),
    };
    const law = await lawOf({
      target: networks.target,
      prompt: networks.prompts[0]!,
      write: async (prefix) => (await callOnce(prefix, settings)).verdict.ids,
      times: 400,
      onProgress: () => undefined,
    });
    expect(law.freedom).toBeGreaterThan(2);
    expect(law.p).toBeGreaterThan(0.001);
  }, 60_000);

  it('that end once enough is accepted write the same as those that go on, up to there', async () => {
    const drawn = async (most: number) => {
      const uniform = uniforms(5);
      const settings = { ...pair, draft: pair.target, shape: 'chain' as const, arity: 1, budget: 6 };
      return (await callOnce(START, { ...settings, most, uniform })).verdict.ids;
    };
    expect(await drawn(2)).toEqual((await drawn(Number.POSITIVE_INFINITY)).slice(0, 2));
    expect(await drawn(6)).toHaveLength(6);
  });
});
