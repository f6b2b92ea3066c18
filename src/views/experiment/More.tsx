import type { ReactNode } from 'react';
import styles from './More.module.css';

interface MoreProps {
  readonly summary: ReactNode;
  readonly children: ReactNode;
}

/** What an experiment has folded away: settings, lists, how it is measured. */
export function More({ summary, children }: MoreProps) {
  return (
    <details className={styles.more}>
      <summary>{summary}</summary>
      <div className={styles.inside}>{children}</div>
    </details>
  );
}
