import type { LoadProgress } from '../../engine/rpc/protocol';
import { Progress } from '../../ui/Progress';

export interface ModelProgressProps {
  /** The model's label. */
  readonly model: string;
  readonly progress: LoadProgress | null;
}

/** Progress of a model: its download, then its start and its check against the golden data. */
export function ModelProgress({ model, progress }: ModelProgressProps) {
  const here = progress?.total !== undefined && progress.loaded >= progress.total;
  return (
    <Progress
      label={`${here ? 'Starting' : 'Loading'} ${model}`}
      name={`Loading ${model}`}
      loaded={progress?.loaded}
      total={progress?.total}
    />
  );
}
