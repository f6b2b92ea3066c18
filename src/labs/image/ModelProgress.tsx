import type { LoadProgress } from '../../engine/rpc/protocol';
import { Progress } from '../../ui/Progress';

export interface ModelProgressProps {
  /** The model's label. */
  readonly model: string;
  readonly progress: LoadProgress | null;
}

/** How far a model is: its bytes, and then, once all of them are here, that it starts and proves itself. */
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
