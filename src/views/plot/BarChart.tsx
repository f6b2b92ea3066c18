import { cx } from '../../ui/cx';
import styles from './BarChart.module.css';
import plot from './legend.module.css';

export interface Bar {
  readonly id: string;
  readonly label: string;
  /** Undefined until it is known. */
  readonly value: number | undefined;
  /** Where a line crosses the bar: another value to compare with. */
  readonly mark?: number | undefined;
  /** The length of a thin bar below: a third value. */
  readonly below?: number | undefined;
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
  /** The value of a full bar; the largest of all by default. */
  readonly most?: number;
  /** What bars, lines and thin bars are. */
  readonly legend?: { readonly bar: string; readonly mark?: string; readonly below?: string };
  /** Labels are pieces of text, as they are. */
  readonly isVerbatim?: boolean;
}

/** Values as horizontal bars from 0: a list whose figures stand in a column of their own. */
export function BarChart({ label, bars, format, most, legend, isVerbatim = false }: BarChartProps) {
  const all = bars.flatMap(({ value, mark, below }) => [value ?? 0, mark ?? 0, below ?? 0]);
  const full = most ?? Math.max(...all, 0);
  const part = (value: number) => `${full > 0 ? (100 * Math.max(0, value)) / full : 0}%`;
  const hasNotes = bars.some(({ note }) => note !== undefined);
  return (
    <div
      className={cx(styles.chart, isVerbatim && styles.large)}
      data-marked={legend?.mark ? true : undefined}
    >
      {legend ? (
        <p className={plot.legend} aria-hidden="true">
          <span>
            <i className={styles.sampleBar} /> {legend.bar}
          </span>
          {legend.mark ? (
            <span>
              <i className={styles.sampleMark} /> {legend.mark}
            </span>
          ) : null}
          {legend.below ? (
            <span>
              <i className={styles.sampleBelow} /> {legend.below}
            </span>
          ) : null}
        </p>
      ) : null}
      <ul className={styles.bars} aria-label={label}>
        {bars.map(({ id, label: name, value, mark, below, note, isChosen }) => (
          <li key={id} className={styles.row} data-chosen={isChosen || undefined}>
            {isVerbatim ? (
              <code className={styles.verbatim}>{name}</code>
            ) : (
              <span className={styles.name}>{name}</span>
            )}
            <span className={styles.track} aria-hidden="true">
              {value === undefined ? null : <span className={styles.bar} style={{ width: part(value) }} />}
              {below === undefined ? null : <span className={styles.below} style={{ width: part(below) }} />}
              {mark === undefined ? null : <span className={styles.mark} style={{ left: part(mark) }} />}
            </span>
            <span className={styles.value}>
              {value === undefined ? '–' : format(value)}
              {hasNotes ? <small>{note}</small> : null}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
