import { isCheckpointId } from '../../../core/image/checkpoint-id';
import { offeredSteps } from '../../../core/image/sampling';
import type { ImageExperiment, LaneExperiment } from '../experiment';
import type { LabModels } from '../models';
import type { ImageLabState } from '../store';

type Drawn = Pick<LaneExperiment, 'steps' | 'seed'>;

/**
 * How pictures are drawn, for a link; without what is at its default. Where all that sample draw in the same way, it is
 * said once, else of each.
 * @param ids the models of all lanes
 */
export function samplingForLink(
  state: Pick<ImageLabState, 'lanes' | 'steps' | 'seed' | 'guidance'>,
  ids: readonly string[],
  models: LabModels,
): { readonly all: Pick<ImageExperiment, 'steps' | 'seed' | 'guidance'>; readonly each: readonly Drawn[] } {
  const drawings = ids.map((id, at) => {
    const sampler = models.find(id)?.sampler;
    // A checkpoint that is not here may sample.
    const isMissing = models.find(id) === undefined && isCheckpointId(id);
    if (!sampler && !isMissing) return undefined;
    const { steps, seed } = state.lanes[at]!.store.getState().drawing ?? state;
    const says =
      steps !== null && (!sampler || (sampler.default !== steps && offeredSteps(sampler).includes(steps)));
    return { steps: says ? steps : null, seed };
  });
  const known = drawings.filter((drawing) => drawing !== undefined);
  const [first] = known;
  if (!first) return { all: {}, each: [] };
  const { guidance: strength } = state;
  const isDefault = ids.every((id) => {
    const own = models.find(id);
    return own ? own.sampler?.guidance === undefined || own.sampler.guidance.default === strength : false;
  });
  const guidance = strength === null || isDefault ? {} : { guidance: strength };
  const seeds = new Set(known.map(({ seed }) => seed));
  const own = state.lanes.some((lane) => lane.store.getState().drawing !== null);
  if (!own || (seeds.size === 1 && known.every(({ steps }) => steps === first.steps))) {
    const said = known.find(({ steps }) => steps !== null);
    return {
      all: {
        ...(said?.steps == null ? {} : { steps: said.steps }),
        ...(first.seed === 0 ? {} : { seed: first.seed }),
        ...guidance,
      },
      each: [],
    };
  }
  return {
    all: guidance,
    each: drawings.map((drawing) =>
      drawing ? { ...(drawing.steps === null ? {} : { steps: drawing.steps }), seed: drawing.seed } : {},
    ),
  };
}
