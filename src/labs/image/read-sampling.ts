import * as v from 'valibot';
import { isCheckpointId } from '../../core/image/checkpoint-id';
import { LARGEST_SEED } from '../../core/image/noise';
import { MOST_STEPS, offeredSteps, type Steps } from '../../core/image/sampling';
import type { ReadField } from '../../core/link/read-fields';
import type { ImageExperiment } from './experiment';
import type { KnownModel } from './known';

const whole = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

/** Steps in a link: a number, or d for the distilled network. */
const stepsField = v.pipe(
  v.union([whole(1, MOST_STEPS), v.literal('d')]),
  v.transform((steps): Steps => (steps === 'd' ? 'distilled' : steps)),
);
const seedField = whole(0, LARGEST_SEED);

/**
 * How pictures are drawn, where one of the models samples. A checkpoint's limits are
 * not checked: it may be missing.
 */
export function readSampling(
  read: ReadField,
  models: readonly (string | undefined)[],
  known: readonly KnownModel[],
): Pick<ImageExperiment, 'steps' | 'seed'> {
  const shown = models.filter((id) => id !== undefined);
  const samplers = known.flatMap(({ id, sampler }) => (sampler && shown.includes(id) ? [sampler] : []));
  const open = shown.some(isCheckpointId);
  if (samplers.length === 0 && !open) return {};
  const offered = (steps: Steps | null) =>
    steps === null || open || samplers.some((sampler) => offeredSteps(sampler).includes(steps));
  const steps = read(
    'e',
    v.pipe(v.nullable(stepsField), v.check(offered)),
    null,
    'in how many steps to draw',
  );
  const seed = read('r', seedField, 0, 'which noise to begin with');
  return { ...(steps === null ? {} : { steps }), ...(seed === 0 ? {} : { seed }) };
}
