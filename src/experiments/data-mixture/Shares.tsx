import { cx } from '../../ui/cx';
import styles from './Shares.module.css';

interface SharesProps {
  /** For screen readers. */
  readonly label: string;
  /** What the bars are, and the lines across them. */
  readonly legend: { readonly bar: string; readonly mark: string };
  readonly rows: readonly ShareRow[];
}

export interface ShareRow {
  readonly id: string;
  readonly label: string;
  /** Of 1; undefined until it is known. */
  readonly share: number | undefined;
  /** Where the line across the bar is; null where there is none. */
  readonly mark: number | undefined | null;
}

/** A bar for each share, and a line across it where another one is. */
export function Shares({ label, legend, rows }: SharesProps) {
  const most = Math.max(0.5, ...rows.flatMap(({ share, mark }) => [share ?? 0, mark ?? 0]));
  return (
    <div>
      <p className={styles.legend} aria-hidden="true">
        <span className={styles.sampleBar} /> {legend.bar}
        {rows.some(({ mark }) => mark !== null) ? (
          <>
            <span className={styles.sampleMark} /> {legend.mark}
          </>
        ) : null}
      </p>
      <ul className={styles.shares} aria-label={label}>
        {rows.map(({ id, label: name, share, mark }) => (
          <li key={id} className={styles.row}>
            <span>{name}</span>
            <span className={styles.track} aria-hidden="true">
              {share === undefined ? null : (
                <span className={styles.bar} style={{ width: `${(100 * share) / most}%` }} />
              )}
              {typeof mark === 'number' ? (
                <span className={styles.mark} style={{ left: `${(100 * mark) / most}%` }} />
              ) : null}
            </span>
            <span className={cx('mono', styles.value)}>
              {percent(share)}
              <small>{mark === null ? null : `${legend.mark} ${percent(mark)}`}</small>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function percent(share: number | undefined): string {
  return share === undefined ? '–' : `${(100 * share).toFixed(1)} %`;
}
