import type { ReactNode } from 'react';
import styles from './Facts.module.css';

export interface Fact {
  readonly label: string;
  readonly value: ReactNode;
  readonly unit?: string;
  /** The figure that matters most. */
  readonly main?: boolean;
}

/** Figures under a picture: label above, value below, in columns that do not move while values change. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(({ label, value, unit, main }) => (
        <div key={label} className={styles.fact} data-main={main || undefined}>
          <dt>{label}</dt>
          <dd>
            {value}
            {unit && value !== '–' ? <span className={styles.unit}> {unit}</span> : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}
