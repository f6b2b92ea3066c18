import styles from './BarChart.module.css';

export interface Bar {
  readonly id: string;
  readonly label: string;
  readonly value: number;
  /** Beside the figure, muted: "+12 %". */
  readonly note?: string;
  /** The one that is looked at. */
  readonly isChosen?: boolean;
}

export interface BarChartProps {
  /** What the bars are: "Tokens by tokenizer". */
  readonly label: string;
  readonly bars: readonly Bar[];
  /** A value with its unit. */
  readonly format: (value: number) => string;
  /** The value of a full bar; the largest by default. */
  readonly most?: number;
}

/** Values as horizontal bars from 0: a list whose figures stand in a column of their own. */
export function BarChart({ label, bars, format, most }: BarChartProps) {
  const full = most ?? Math.max(...bars.map(({ value }) => value), 0);
  return (
    <ul className={styles.bars} aria-label={label}>
      {bars.map(({ id, label: name, value, note, isChosen }) => (
        <li key={id} className={styles.row} data-chosen={isChosen || undefined}>
          <span className={styles.name}>{name}</span>
          <span className={styles.track} aria-hidden="true">
            <span
              className={styles.bar}
              style={{ width: `${full > 0 ? (100 * Math.max(0, value)) / full : 0}%` }}
            />
          </span>
          <span className={styles.value}>
            {format(value)}
            {note === undefined ? null : <small>{note}</small>}
          </span>
        </li>
      ))}
    </ul>
  );
}
