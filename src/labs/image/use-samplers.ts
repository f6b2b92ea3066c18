import { useCheckpoints, useLab, useLabState, useModelIds } from './lab-context';
import { type Samplers, samplersOf } from './sampling';

/** What there is to control of how pictures are drawn; undefined where nothing on screen samples. */
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
