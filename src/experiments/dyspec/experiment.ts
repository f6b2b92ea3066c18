import * as v from 'valibot';
import { LARGEST_SEED } from '../../core/image/noise';
import { draw, uniforms } from '../../engine/lm/draw';
import { extend, idsOf } from '../../engine/lm/language-model';
import { alice } from '../alice';
import { type Law, lawOf } from '../draft-law';
import { type DraftTarget, learnPair, loadPair, MOMENTS, type Moment, rising } from '../draft-target';
import { type Experiment, type Figure, textOf } from '../experiment';
import { callOnce, generate, type Run, SHAPES, type Shape } from './runs';

/** Drafted tokens for each call, on the slider. */
export const BUDGETS = [8, 16, 64] as const;

/** Temperatures of the target. */
export const TEMPERATURES = [0, 0.6, 1] as const;

export interface State {
  /** Drafted tokens for each call of the target. */
  readonly budget: number;
  readonly shape: Shape;
  /** The call that is shown, from 1. */
  readonly call: number;
  /** Tokens of its tree that are shown; 0 for all. */
  readonly grown: number;
  /** N-grams that are learned from the text, or networks of the page over bytes. */
  readonly model: 'learned' | 'network';
  /** How far the draft network was trained. */
  readonly moment: Moment;
  readonly unit: 'tokens' | 'bytes';
  /** Tokens of an n-gram of the draft model. */
  readonly order: number;
  /** Branches of the fixed tree. */
  readonly arity: number;
  /** Temperature of the target. */
  readonly t: number;
  /** Temperature of the draft. */
  readonly td: number;
  readonly seed: number;
}

/** The law of what is written with dynamic trees. */
export interface TreeLaw extends Law {
  readonly budget: number;
}

export interface Result {
  /** The bytes of every token. */
  readonly vocabulary: readonly Uint8Array[];
  /** The first prompt. */
  readonly prompt: readonly number[];
  readonly model: State['model'];
  /** That were generated behind. */
  readonly prompts: number;
  readonly t: number;
  readonly arity: number;
  /** By budget and shape, as far as they are done. */
  readonly runs: readonly Run[];
  /** Of dynamic trees, by budget; empty at temperature 0, where nothing is left to chance. */
  readonly laws: readonly TreeLaw[];
  /** At temperature 0: per cent of prompts behind which every tree wrote what the target alone writes. */
  readonly same: number | undefined;
}

/** Prompts that are generated behind, and texts that a law is tested with: a network takes milliseconds a place. */
const EFFORT = {
  learned: { prompts: 36, times: 1500 },
  network: { prompts: 5, times: 400 },
} as const;

/** Tokens whose law is tested. */
const TESTED = 2;

const whole = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

const state = v.strictObject({
  budget: v.optional(v.picklist(BUDGETS), 64),
  shape: v.optional(v.picklist(SHAPES), 'dynamic'),
  call: v.optional(whole(1, 200), 3),
  grown: v.optional(whole(0, 64), 0),
  model: v.optional(v.picklist(['learned', 'network']), 'learned'),
  moment: v.optional(v.picklist(MOMENTS), 'late'),
  unit: v.optional(v.picklist(['tokens', 'bytes']), 'bytes'),
  order: v.optional(whole(1, 5), 3),
  arity: v.optional(whole(2, 4), 2),
  t: v.optional(v.picklist(TEMPERATURES), 0),
  td: v.optional(v.picklist([0.6, 1]), 0.6),
  seed: v.optional(whole(0, LARGEST_SEED), 1),
});

export const experiment: Experiment<State, Result> = {
  input: { kind: 'text', sample: alice.id, samples: [alice], limit: 400_000 },
  state,
  control: 'budget',
  shown: ['budget', 'shape', 'call', 'grown'],

  async run(chosen, input, { signal, progress, preview, languageModel }) {
    const { model, moment, unit, order, arity, t, td, seed } = chosen;
    const text = textOf(input);
    const { prompts, times } = EFFORT[model];
    const report = rising(progress);
    const part = (from: number, to: number) => ({
      signal,
      onProgress: (share: number) => report(from + share * (to - from)),
    });
    const common = { draftTemperature: td, targetTemperature: t, prompts, seed };
    const pair =
      model === 'network'
        ? await loadPair(text, { moment, ...common }, languageModel)
        : await learnPair(text, { unit, draftOrder: order, ...common }, part(0, 0.2));
    const { size, bytes } = pair.vocabulary;
    const runs: Run[] = [];
    let result: Result = {
      vocabulary: Array.from({ length: size }, (_, id) => bytes(id)),
      prompt: idsOf(pair.prompts[0]!),
      model,
      prompts,
      t,
      arity,
      runs,
      laws: [],
      same: undefined,
    };
    let [at, done] = [0.2, 0];
    const all = BUDGETS.reduce((sum, budget) => sum + (budget + 8) * SHAPES.length, 0);
    for (const budget of BUDGETS) {
      for (const shape of SHAPES) {
        done += budget + 8;
        const to = 0.2 + (0.65 * done) / all;
        runs.push(await generate(pair, { shape, arity, budget, seed, ...part(at, to) }));
        at = to;
      }
      result = { ...result, runs: [...runs] };
      preview?.(result);
    }
    if (t === 0) result = { ...result, same: await sameAsAlone(pair, runs, signal) };
    else {
      const laws: TreeLaw[] = [];
      for (const [i, budget] of BUDGETS.entries()) {
        const work = part(0.85 + i * 0.05, 0.9 + i * 0.05);
        const settings = {
          ...pair,
          shape: 'dynamic' as const,
          arity,
          budget,
          most: TESTED,
          uniform: uniforms(seed),
          signal,
        };
        const write = async (prefix: Parameters<typeof callOnce>[0]) =>
          (await callOnce(prefix, settings)).verdict.ids;
        const found = await lawOf({ target: pair.target, prompt: pair.prompts[0]!, write, times, ...work });
        laws.push({ budget, ...found });
      }
      result = { ...result, laws };
    }
    report(1);
    return result;
  },

  figures({ runs, laws, same, t }, { budget }) {
    const of = (shape: Shape) => runs.find((run) => run.shape === shape && run.budget === budget);
    const [chain, fixed, dynamic] = SHAPES.map(of);
    const ratio = (other: Run | undefined) => dynamic && other && perCall(dynamic) / perCall(other);
    const figures: Figure[] = [
      {
        id: 'dynamic',
        label: 'Tokens per call, dynamic tree',
        value: dynamic && perCall(dynamic),
        unit: 'tokens',
      },
      { id: 'fixed', label: 'Tokens per call, fixed tree', value: fixed && perCall(fixed), unit: 'tokens' },
      { id: 'chain', label: 'Tokens per call, chain', value: chain && perCall(chain), unit: 'tokens' },
      { id: 'ratio', label: 'Dynamic against fixed tree', value: ratio(fixed), unit: 'times' },
      { id: 'chain-ratio', label: 'Dynamic tree against chain', value: ratio(chain), unit: 'times' },
      {
        id: 'correlation',
        label: 'Correlation of draft probability and acceptance',
        value: dynamic?.estimates.correlation,
        unit: 'from −1 to 1',
      },
      {
        id: 'draft-calls',
        label: 'Calls of the draft model for each of the target model, dynamic tree',
        value: dynamic && dynamic.draftCalls / dynamic.calls,
        unit: 'calls',
      },
    ];
    if (t === 0) {
      figures.push({
        id: 'same',
        label: 'Prompts behind which all write what the target model alone does',
        value: same,
        unit: '%',
      });
    } else {
      figures.push({
        id: 'law',
        label: 'Chance of a chi-square this large',
        value: laws.find((law) => law.budget === budget)?.p,
        unit: 'probability',
      });
    }
    return figures;
  },
};

/** Tokens for each call of the target. */
export function perCall({ tokens, calls }: Run): number {
  return tokens / calls;
}

/** Per cent of the prompts behind which every run wrote the same as the target does a token a call. */
async function sameAsAlone(
  { target, prompts }: DraftTarget,
  runs: readonly Run[],
  signal: AbortSignal | undefined,
): Promise<number> {
  const longest = Math.max(...runs.flatMap(({ written }) => written.map((ids) => ids.length)));
  let prefixes = [...prompts];
  const alone: number[][] = prompts.map(() => []);
  for (let i = 0; i < longest; i++) {
    const laws = await target.next(prefixes, signal);
    const ids = laws.map((law) => draw(law, 0.5));
    for (const [at, id] of ids.entries()) alone[at]!.push(id);
    prefixes = prefixes.map((prefix, at) => extend(prefix, ids[at]!));
  }
  const isSame = alone.map((ids, at) =>
    runs.every(({ written }) => written[at]!.every((id, i) => id === ids[i])),
  );
  return (100 * isSame.filter(Boolean).length) / isSame.length;
}
