import { offeredSteps, type Sampling, type Steps, samplingFor } from '../../core/image/sampling';
import { findModel, type LabModel } from './models';
import { type ImageLabState, useImageLab, useModel } from './store';

/** How a model draws now; undefined where it does not sample. */
export function samplingNow(model: string): Sampling | undefined {
  const sampler = findModel(model)?.sampler;
  const { steps, seed } = useImageLab.getState();
  return sampler && samplingFor(sampler, steps, seed);
}

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

/** What there is to control; undefined where nothing on screen samples. */
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

/** The same, for views. */
export function useSamplers(): Samplers | undefined {
  const models = [useModel('model'), useModel('second')];
  return samplersOf(
    models,
    useImageLab(({ steps }) => steps),
  );
}

/** What a link says of how pictures are drawn: nothing where they are drawn as they are unasked. */
export function samplingForLink(
  { steps, seed }: ImageLabState,
  ...models: (string | null)[]
): { readonly steps?: Steps; readonly seed?: number } {
  const found = models.map((id) => findModel(id));
  // A checkpoint that is not here may sample.
  const samplers = found.flatMap((model) => model?.sampler ?? []);
  const missing = models.some((id, i) => id !== null && !found[i]);
  if (samplers.length === 0 && !missing) return {};
  const says =
    steps !== null &&
    (missing || samplers.some((one) => one.default !== steps && offeredSteps(one).includes(steps)));
  return { ...(says ? { steps } : {}), ...(seed === 0 ? {} : { seed }) };
}
