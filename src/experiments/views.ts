import type { ExperimentView } from './experiment';

const views = import.meta.glob<ExperimentView<unknown, unknown>>('./*/View.tsx', { import: 'View' });

/** What a visitor sees of an experiment; a chunk of its own. Apart from the registry, which workers load too. */
export async function loadView(id: string): Promise<ExperimentView<unknown, unknown>> {
  return await views[`./${id}/View.tsx`]!();
}
