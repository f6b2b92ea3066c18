import * as v from 'valibot';
import { isCheckpointId } from '../../core/image/checkpoint-id';
import { LARGEST_SEED } from '../../core/image/noise';
import { MOST_GUIDANCE, MOST_STEPS, offeredSteps, type Steps } from '../../core/image/sampling';
import type { ReadField } from '../../core/link/read-fields';
import { type ImageExperiment, LANES_LIMIT, type LaneExperiment } from './experiment';
import type { KnownModel } from './known';

const whole = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

/** Steps in a link: a number, or d for the distilled network. */
const stepsField = v.pipe(
  v.union([whole(1, MOST_STEPS), v.literal('d')]),
  v.transform((steps): Steps => (steps === 'd' ? 'distilled' : steps)),
);
const seedField = whole(0, LARGEST_SEED);
const guidanceField = v.pipe(v.number(), v.minValue(1), v.maxValue(MOST_GUIDANCE));
const each = <T>(field: v.GenericSchema<unknown, T>) =>
  v.pipe(v.array(v.nullable(field)), v.minLength(2), v.maxLength(LANES_LIMIT));

type Drawn = Pick<LaneExperiment, 'steps' | 'seed'>;

/** How pictures are drawn: in the same way by all lanes that sample, or by each in its own. */
export interface ReadSampling {
  readonly all: Pick<ImageExperiment, 'steps' | 'seed' | 'guidance'>;
  /** By lane; empty where all draw in the same way. */
  readonly each: readonly Drawn[];
}

/**
 * How pictures are drawn, where one of the models samples: `e` steps and `r` seed, which are arrays by lane where lanes
 * differ, and `g` guidance, which is the same for all. A checkpoint's limits are not checked: it may be missing.
 * @param models of the lanes that are here
 * @param places where each of them stands in the link
 */
export function readSampling(
  read: ReadField,
  models: readonly string[],
  places: readonly number[],
  known: readonly KnownModel[],
): ReadSampling {
  const samplerOf = (model: string) => known.find(({ id }) => id === model)?.sampler;
  const samplers = models.flatMap((model) => samplerOf(model) ?? []);
  const open = models.some(isCheckpointId);
  if (samplers.length === 0 && !open) return { all: {}, each: [] };
  const offered = (steps: Steps | null) =>
    steps === null || open || samplers.some((sampler) => offeredSteps(sampler).includes(steps));
  const steps = read(
    'e',
    v.union([
      v.pipe(v.nullable(stepsField), v.check(offered)),
      v.pipe(
        each(stepsField),
        v.check((all) => all.every(offered)),
      ),
    ]),
    null,
    'in how many steps to draw',
  );
  const seed = read('r', v.union([seedField, each(seedField)]), 0, 'which noise to begin with');
  const strength = read('g', v.nullable(guidanceField), null, 'how strongly to guide');
  const guidance = strength === null ? {} : { guidance: strength };
  if (!Array.isArray(seed) && !Array.isArray(steps)) {
    const all = { ...(steps === null ? {} : { steps }), ...(seed === 0 ? {} : { seed }), ...guidance };
    return { all, each: [] };
  }
  return {
    all: guidance,
    each: models.map((model, i) => {
      const own = samplerOf(model);
      if (!own && !isCheckpointId(model)) return {};
      const wanted = Array.isArray(steps) ? (steps[places[i]!] ?? null) : steps;
      const fits = wanted !== null && (!own || offeredSteps(own).includes(wanted));
      const noise = Array.isArray(seed) ? (seed[places[i]!] ?? 0) : seed;
      return { ...(fits ? { steps: wanted } : {}), seed: noise };
    }),
  };
}

/** The inverse. */
export function writeSampling({
  lanes,
  steps,
  seed = 0,
  guidance,
}: ImageExperiment): Readonly<Record<string, unknown>> {
  const g = guidance === undefined ? {} : { g: guidance };
  const written = (one: Steps | undefined) => (one === 'distilled' ? 'd' : (one ?? null));
  if (lanes.some((lane) => lane.seed !== undefined)) {
    const all = lanes.map((lane) => written(lane.steps));
    return {
      ...(all.every((one) => one === null) ? {} : { e: all }),
      r: lanes.map((lane) => lane.seed ?? null),
      ...g,
    };
  }
  return { ...(steps === undefined ? {} : { e: written(steps) }), ...(seed === 0 ? {} : { r: seed }), ...g };
}
