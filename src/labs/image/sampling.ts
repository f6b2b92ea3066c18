import { offeredSteps, type Sampling, type Steps } from '../../core/image/sampling';
import type { ImageLab } from './image-lab';
import type { LabModel } from './models';

/** Seeds that are easy to read out; any other can be typed. */
const SEEDS = 10_000;

/** "in 4 steps from noise 12", "in one distilled step from noise 0". */
export function describeSampling({ steps, seed }: Sampling): string {
  const how = steps === 'distilled' ? 'one distilled step' : steps === 1 ? 'one step' : `${steps} steps`;
  return `in ${how} from noise ${seed}`;
}

/** The models on screen that sample, and what the page offers for them together. */
export interface Samplers {
  readonly models: readonly LabModel[];
  /** Quickest first. */
  readonly offered: readonly Steps[];
  readonly steps: Steps;
}

/** The sampling controls to offer; undefined where nothing on screen samples. */
export function samplersOf(models: readonly (LabModel | undefined)[], steps: Steps | null) {
  const shown = models.filter((model) => model?.sampler !== undefined) as LabModel[];
  const [first] = shown.flatMap(({ sampler }) => sampler ?? []);
  if (!first) return undefined;
  const all = new Set(shown.flatMap(({ sampler }) => (sampler ? offeredSteps(sampler) : [])));
  const offered = [...all].sort((a, b) => order(a) - order(b));
  const wanted = steps !== null && all.has(steps) ? steps : first.default;
  return { models: shown, offered, steps: wanted } satisfies Samplers;
}

function order(steps: Steps): number {
  return steps === 'distilled' ? 0 : steps;
}

/** Draws from different noise. */
export function reroll({ session, store }: Pick<ImageLab, 'session' | 'store'>): void {
  const { seed } = store.getState();
  const other = Math.floor(Math.random() * (SEEDS - 1));
  session.setSampling({ seed: other < seed ? other : other + 1 });
}

/** Moves to the next or previous offered number of steps. */
export function moveSteps(lab: Pick<ImageLab, 'session' | 'store' | 'models'>, by: 1 | -1): void {
  const { lanes, steps } = lab.store.getState();
  const samplers = samplersOf(
    lanes.map(({ model }) => lab.models.find(model)),
    steps,
  );
  const next = samplers?.offered[samplers.offered.indexOf(samplers.steps) + by];
  if (next !== undefined) lab.session.setSampling({ steps: next });
}
