import type { Paper } from './paper';

const files = import.meta.glob<Paper>('./*/paper.ts', { eager: true, import: 'paper' });

/** The facts of every experiment, on the suggested path. One chunk, for the index; runs do without it. */
export const papers: readonly Paper[] = Object.values(files).sort(
  (a, b) => a.place - b.place || (a.id < b.id ? -1 : 1),
);

/** The facts of one experiment; undefined where there is none. */
export function findPaper(id: string): Paper | undefined {
  return papers.find((paper) => paper.id === id);
}
