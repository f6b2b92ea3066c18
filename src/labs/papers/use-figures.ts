import { useMemo } from 'react';
import type { Figure } from '../../experiments/experiment';
import { usePapers } from './context';

/** The figures of what came out, as the present view reads them off; undefined before the first result. */
export function useFigures(): readonly Figure[] | undefined {
  const loaded = usePapers((state) => state.loaded);
  const outcome = usePapers((state) => state.outcome);
  const fields = usePapers((state) => state.fields);
  return useMemo(() => {
    if (!loaded || !outcome) return undefined;
    const { experiment } = loaded;
    const seen = Object.fromEntries((experiment.shown ?? []).map((key) => [key, fields[key]]));
    return experiment.figures(outcome.result, { ...outcome.state, ...seen });
  }, [loaded, outcome, fields]);
}
