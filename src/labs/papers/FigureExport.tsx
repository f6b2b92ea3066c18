import type { Figure } from '../../experiments/experiment';
import { ExportMenu } from '../../views/export/ExportMenu';
import { usePapers } from './context';

/** The figures of a run, to take along. */
export function FigureExport({ figures }: { readonly figures: readonly Figure[] }) {
  const id = usePapers((state) => state.id);
  const table = () => ({
    columns: ['figure', 'value', 'unit'],
    rows: figures.map(({ label, value, unit }) => [label, value ?? null, unit]),
  });
  return <ExportMenu name={id ?? 'figures'} table={table} />;
}
