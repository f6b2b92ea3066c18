import type { Experiment } from './experiment';

/** An experiment as pages and workers find it; its facts are in papers.ts, its view in views.ts. */
export interface ExperimentEntry {
  readonly id: string;
  /** Loads its chunk. */
  load(): Promise<Experiment<unknown, unknown>>;
}

const code = import.meta.glob<Experiment<unknown, unknown>>('./*/experiment.ts', { import: 'experiment' });

/** Every experiment, by id. Adding a folder is the only step to add one: docs/adding-an-experiment.md. */
export const experiments: readonly ExperimentEntry[] = Object.entries(code)
  .map(([path, load]) => ({ id: path.split('/')[1]!, load }))
  .sort((a, b) => a.id.localeCompare(b.id));

/** The experiment of an id; undefined where there is none. */
export function findExperiment(id: string): ExperimentEntry | undefined {
  return experiments.find((entry) => entry.id === id);
}
