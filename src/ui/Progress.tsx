import { formatBytes } from './format';
import styles from './Progress.module.css';

export interface ProgressProps {
  /** What is loading or running, as visible text. */
  readonly label: string;
  /** Its name for screen readers, where the label changes with time. */
  readonly name?: string;
  /** Bytes so far; leave out for work that has no measure. */
  readonly loaded?: number | undefined;
  readonly total?: number | undefined;
  /** How much is done of work without bytes, 0..1. */
  readonly share?: number | undefined;
}

/** A thin bar with its figures: bytes done and bytes in all. Indeterminate where the total is unknown. */
export function Progress({ label, name = label, loaded, total, share }: ProgressProps) {
  const done = loaded !== undefined && total ? Math.min(1, loaded / total) : share;
  return (
    <div className={styles.progress}>
      <div className={styles.text}>
        <span>{label}</span>
        {loaded === undefined ? null : (
          <span className="mono">
            {formatBytes(loaded)}
            {total ? ` / ${formatBytes(total)}` : ''}
          </span>
        )}
      </div>
      <progress
        className={styles.bar}
        aria-label={name}
        {...(done === undefined ? {} : { value: done, max: 1 })}
      />
    </div>
  );
}
