import { cx } from '../../ui/cx';
import styles from './Shares.module.css';
import { MIXED } from './texts';

interface SharesProps {
  /** The hidden shares; undefined until they are drawn. */
  readonly truth: readonly number[] | undefined;
  readonly shares: readonly number[] | undefined;
}

/** A bar for each recovered share, and a line across it where the hidden one is. */
export function Shares({ truth, shares }: SharesProps) {
  const most = Math.max(0.5, ...(truth ?? []), ...(shares ?? []));
  return (
    <div>
      <p className={styles.legend} aria-hidden="true">
        <span className={styles.sampleBar} /> recovered
        <span className={styles.sampleMark} /> hidden
      </p>
      <ul className={styles.shares} aria-label="Shares of the mixture, recovered and hidden">
        {MIXED.map(({ id, label }, i) => {
          const share = shares?.[i];
          const hidden = truth?.[i];
          return (
            <li key={id} className={styles.row}>
              <span>{label}</span>
              <span className={styles.track} aria-hidden="true">
                {share === undefined ? null : (
                  <span className={styles.bar} style={{ width: `${(100 * share) / most}%` }} />
                )}
                {hidden === undefined ? null : (
                  <span className={styles.mark} style={{ left: `${(100 * hidden) / most}%` }} />
                )}
              </span>
              <span className={cx('mono', styles.value)}>
                {percent(share)}
                <small>hidden {percent(hidden)}</small>
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function percent(share: number | undefined): string {
  return share === undefined ? '–' : `${(100 * share).toFixed(1)} %`;
}
