import { type Bar, BarChart } from '../../views/plot/BarChart';

interface SharesProps {
  /** For screen readers. */
  readonly label: string;
  /** What the bars are, and the lines across them. */
  readonly legend: { readonly bar: string; readonly mark: string };
  /** Shares of 1. */
  readonly rows: readonly Pick<Bar, 'id' | 'label' | 'value' | 'mark'>[];
}

/** A bar for each share of a mixture, and a line across it where another one is. */
export function Shares({ label, legend, rows }: SharesProps) {
  const largest = Math.max(0.5, ...rows.flatMap(({ value, mark }) => [value ?? 0, mark ?? 0]));
  const { bar, mark: other } = legend;
  return (
    <BarChart
      label={label}
      legend={rows.some(({ mark }) => mark !== undefined) ? legend : { bar }}
      format={percent}
      most={largest}
      bars={rows.map((row) => ({
        ...row,
        ...(row.mark !== undefined && { note: `${other} ${percent(row.mark)}` }),
      }))}
    />
  );
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
