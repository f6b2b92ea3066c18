import { useCheckpoints, useLab, useLabState, useModelIds } from './lab-context';
import { type Samplers, samplersOf } from './sampling';

/** The sampling controls to offer; undefined where nothing on screen samples. */
export function useSamplers(): Samplers | undefined {
  const { models } = useLab();
  useCheckpoints((state) => state.checkpoints);
  const steps = useLabState((state) => state.steps);
  const ids = useModelIds();
  return samplersOf(
    ids.map((id) => models.find(id)),
    steps,
  );
}
