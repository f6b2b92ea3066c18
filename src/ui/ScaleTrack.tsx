import type { ReactNode } from 'react';
import styles from './ScaleTrack.module.css';

export interface ScaleTrackProps {
  /** Where there is something to choose, as shares of the track's width. */
  readonly from?: number;
  readonly to?: number;
  /** How far what is kept goes. */
  readonly kept: number;
  /** Whether it begins a little before the scale, for what the first value is made of. */
  readonly capped?: boolean;
  /** What is drawn on it. */
  readonly children?: ReactNode;
}

/** A slider's track: the range that there is, and the part of it that is kept. */
export function ScaleTrack({ from = 0, to = 1, kept, capped, children }: ScaleTrackProps) {
  return (
    <div className={styles.track} data-capped={capped || undefined} aria-hidden="true">
      <span className={styles.range} style={{ left: `${from * 100}%`, right: `${100 - to * 100}%` }} />
      <span className={styles.kept} style={{ left: `${from * 100}%`, right: `${100 - kept * 100}%` }} />
      {children}
    </div>
  );
}
