import type { ReactNode } from 'react';
import styles from './ControlBar.module.css';

/** Where the control that an experiment is about stands: above its picture, and on a phone always within reach of the thumb. */
export function ControlBar({ children }: { readonly children: ReactNode }) {
  return (
    <div className={styles.bar} data-control>
      {children}
    </div>
  );
}
