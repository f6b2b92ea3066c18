import * as v from 'valibot';
import { LARGEST_SEED } from '../../core/image/noise';
import { idsOf } from '../../engine/lm/language-model';
import { alice } from '../alice';
import { learnPair, loadPair, MOMENTS, type Moment, rising } from '../draft-target';
import { type Experiment, type Figure, textOf } from '../experiment';
import { type KSeqLaw, testLaw } from './laws';
import { type Acceptance, acceptances, type Check, checks, placesOf } from './places';
import { generate, type Run } from './runs';

/** Numbers of drafts on the slider. */
export const KS = [1, 2, 4, 8] as const;

export interface State {
  readonly k: number;
  /** The call that is shown, from 1. */
  readonly call: number;
  /** N-grams that are learned from the text, or networks of the page over bytes. */
  readonly model: 'learned' | 'network';
  /** How far the draft network was trained. */
  readonly moment: Moment;
  readonly unit: 'tokens' | 'bytes';
  /** Tokens of an n-gram of the draft model. */
  readonly order: number;
  /** Tokens of a draft. */
  readonly length: number;
  readonly program: boolean;
  readonly seed: number;
}

export interface Result {
  /** The bytes of every token. */
  readonly vocabulary: readonly Uint8Array[];
  /** The first prompt. */
  readonly prompt: readonly number[];
  readonly model: State['model'];
  /** That were generated behind. */
  readonly prompts: number;
  readonly length: number;
  /** By KS, as far as they are done. */
  readonly runs: readonly Run[];
  /** By CURVE; empty until they are done. */
  readonly acceptances: readonly Acceptance[];
  /** By KS, and one with ρ = 1 and as many drafts as the last. */
  readonly laws: readonly KSeqLaw[];
  /** By KS, where asked for. */
  readonly checks: readonly Check[] | undefined;
}

/** Prompts that are generated behind, and texts that a law is tested with: a network takes milliseconds a place. */
const EFFORT = {
  learned: { prompts: 20, times: 1500 },
  network: { prompts: 6, times: 600 },
} as const;

const whole = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

const state = v.strictObject({
  k: v.optional(v.picklist(KS), 8),
  call: v.optional(whole(1, 200), 2),
  model: v.optional(v.picklist(['learned', 'network']), 'learned'),
  moment: v.optional(v.picklist(MOMENTS), 'late'),
  unit: v.optional(v.picklist(['tokens', 'bytes']), 'tokens'),
  order: v.optional(whole(1, 4), 2),
  length: v.optional(whole(1, 16), 8),
  program: v.optional(v.boolean(), false),
  seed: v.optional(whole(0, LARGEST_SEED), 1),
});

export const experiment: Experiment<State, Result> = {
  input: { kind: 'text', sample: alice.id, samples: [alice], limit: 400_000 },
  state,
  control: 'k',
  shown: ['k', 'call'],

  async run(chosen, input, { signal, progress, preview, languageModel }) {
    const { model, moment, unit, order, length, program, seed } = chosen;
    const text = textOf(input);
    const { prompts, times } = EFFORT[model];
    const report = rising(progress);
    const part = (from: number, to: number) => ({
      signal,
      onProgress: (share: number) => report(from + share * (to - from)),
    });
    const pair =
      model === 'network'
        ? await loadPair(text, { moment, prompts, seed }, languageModel)
        : await learnPair(text, { unit, draftOrder: order, prompts, seed }, part(0, 0.35));
    const { size, bytes } = pair.vocabulary;
    const runs: Run[] = [];
    let result: Result = {
      vocabulary: Array.from({ length: size }, (_, id) => bytes(id)),
      prompt: idsOf(pair.prompts[0]!),
      model,
      prompts,
      length,
      runs,
      acceptances: [],
      laws: [],
      checks: undefined,
    };
    const add = (more: Partial<Result>) => {
      result = { ...result, ...more };
      preview?.(result);
    };
    for (const [i, k] of KS.entries()) {
      runs.push(await generate(pair, { k, length, seed, ...part(0.35 + i * 0.1, 0.45 + i * 0.1) }));
      add({ runs: [...runs] });
    }
    const places = await placesOf(pair, seed, { signal });
    add({ acceptances: await acceptances(places, part(0.75, 0.8)) });
    const laws: KSeqLaw[] = [];
    for (const [i, k] of [...KS, KS.at(-1)!].entries()) {
      const isSolved = i < KS.length;
      const work = part(0.8 + i * 0.03, 0.83 + i * 0.03);
      laws.push(await testLaw(pair, { k, isSolved, seed, times, ...work }));
    }
    add({ laws });
    if (program) add({ checks: await checks(places, KS, part(0.95, 0.999)) });
    report(1);
    return result;
  },

  figures(result, { k }) {
    const run = result.runs.find((each) => each.k === k);
    const [plain] = result.runs;
    const accepted = result.acceptances.find((each) => each.k === k);
    const law = result.laws.find((each) => each.k === k);
    const wrong = result.laws.find(({ isSolved }) => !isSolved);
    const per = run && perCall(run);
    const percent = (share: number | undefined) => (share === undefined ? undefined : 100 * share);
    const figures: Figure[] = [
      { id: 'per-call', label: 'Tokens per call of the target model', value: per, unit: 'tokens' },
      {
        id: 'plain',
        label: 'The same with one draft (speculative decoding)',
        value: plain && perCall(plain),
        unit: 'tokens',
      },
      {
        id: 'ratio',
        label: 'Tokens per call against one draft',
        value: per && plain && per / perCall(plain),
        unit: 'times',
      },
      {
        id: 'acceptance',
        label: 'One of the drafts is accepted at a place, by K-SEQ',
        value: percent(accepted?.kSeq),
        unit: '%',
      },
      {
        id: 'one-draft',
        label: 'The same with one draft',
        value: percent(result.acceptances[0]?.kSeq),
        unit: '%',
      },
      { id: 'optimum', label: 'The most that k drafts allow', value: percent(accepted?.optimum), unit: '%' },
      {
        id: 'share-of-optimum',
        label: 'K-SEQ against the most, worst place',
        value: percent(accepted?.leastShare),
        unit: '%',
      },
      {
        id: 'rho',
        label: 'ρ, the factor by which K-SEQ accepts less readily, mean over places',
        value: accepted?.rho,
        unit: 'times',
      },
      { id: 'law', label: 'Chance of a chi-square this large', value: law?.p, unit: 'probability' },
      {
        id: 'wrong-law',
        label: 'The same with 8 drafts and without ρ',
        value: wrong?.p,
        unit: 'probability',
      },
    ];
    if (result.checks) {
      figures.push({
        id: 'program',
        label: 'Formula and linear program differ by, at most',
        value: Math.max(...result.checks.map(({ difference }) => difference)),
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
