import { offeredSteps, type Sampling, type Steps } from '../../core/image/sampling';
import type { ImageLab } from './image-lab';
import type { Lane } from './lane';
import type { LabModel } from './models';

/** Seeds that are easy to read out; any other can be typed. */
const SEEDS = 10_000;

/** "in 4 steps from noise 12", "in one distilled step from noise 0", "in 20 steps from noise 0, guided by 7.5". */
export function describeSampling({ steps, seed, guidance }: Sampling): string {
  const how = steps === 'distilled' ? 'one distilled step' : steps === 1 ? 'one step' : `${steps} steps`;
  return `in ${how} from noise ${seed}${guidance === undefined ? '' : `, guided by ${guidance}`}`;
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

/** Another seed than this one. */
function otherSeed(seed: number): number {
  const other = Math.floor(Math.random() * (SEEDS - 1));
  return other < seed ? other : other + 1;
}

/** How a lane draws where its model samples, and what it may be offered instead; undefined for any other. */
export function drawingOf(
  lane: Pick<Lane, 'model' | 'store'>,
  { models, store }: Pick<ImageLab, 'models' | 'store'>,
): { readonly sampling: Sampling; readonly offered: readonly Steps[] } | undefined {
  const sampling = models.samplingOf(lane.model, { ...store.getState(), ...lane.store.getState().drawing });
  const sampler = models.find(lane.model)?.sampler;
  return sampling && sampler && { sampling, offered: offeredSteps(sampler) };
}

/** The lanes that sample, where there are several that each draw in their own way; else all draw as the lab says. */
function apart({ store, models }: Pick<ImageLab, 'store' | 'models'>): readonly Lane[] {
  const lanes = store.getState().lanes.filter(({ model }) => models.find(model)?.sampler);
  return lanes.some((lane) => lane.store.getState().drawing) ? lanes : [];
}

/** Draws from different noise. */
export function reroll(lab: Pick<ImageLab, 'session' | 'store' | 'models'>, lane?: Lane): void {
  const lanes = lane ? [lane] : apart(lab);
  for (const one of lanes) {
    const { seed } = one.store.getState().drawing ?? lab.store.getState();
    lab.session.setSampling({ seed: otherSeed(seed) }, one);
  }
  if (lanes.length === 0) lab.session.setSampling({ seed: otherSeed(lab.store.getState().seed) });
}

/** Moves to the next or previous offered number of steps. */
export function moveSteps(lab: Pick<ImageLab, 'session' | 'store' | 'models'>, by: 1 | -1): void {
  const lanes = apart(lab);
  for (const lane of lanes) {
    const { sampling, offered } = drawingOf(lane, lab)!;
    const next = offered[offered.indexOf(sampling.steps) + by];
    if (next !== undefined) lab.session.setSampling({ steps: next }, lane);
  }
  if (lanes.length > 0) return;
  const { lanes: all, steps } = lab.store.getState();
  const samplers = samplersOf(
    all.map(({ model }) => lab.models.find(model)),
    steps,
  );
  const next = samplers?.offered[samplers.offered.indexOf(samplers.steps) + by];
  if (next !== undefined) lab.session.setSampling({ steps: next });
}
