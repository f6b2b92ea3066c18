import type { Experiment } from './experiment';
import type { Paper } from './paper';

/** An experiment as the index knows it; its code is a chunk of its own. */
export interface ExperimentEntry {
  readonly paper: Paper;
  load(): Promise<Experiment<unknown, unknown>>;
}

const papers = import.meta.glob<Paper>('./*/paper.ts', { eager: true, import: 'paper' });
const code = import.meta.glob<Experiment<unknown, unknown>>('./*/experiment.ts', { import: 'experiment' });

/** Every experiment, by id. Adding a folder is the only step to add one: docs/adding-an-experiment.md. */
export const experiments: readonly ExperimentEntry[] = Object.entries(papers)
  .map(([path, paper]) => ({ paper, load: () => code[path.replace('paper.ts', 'experiment.ts')]!() }))
  .sort((a, b) => a.paper.id.localeCompare(b.paper.id));

/** The experiment of an id; undefined where there is none. */
export function findExperiment(id: string): ExperimentEntry | undefined {
  return experiments.find(({ paper }) => paper.id === id);
}
