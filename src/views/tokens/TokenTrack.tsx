import { memo } from 'react';
import { assignHues } from '../../core/hues';
import styles from './TokenTrack.module.css';

const HUES = [0, 1, 2, 3, 4, 5, 6, 7] as const;

export interface TokenTrackProps {
  /** Null where they are not known yet. */
  readonly ids: Uint32Array | null;
  /** How many are kept. */
  readonly k: number;
  readonly count: number;
}

/** One cell a token: kept ones filled with the hue of their id, the rest outlined. A step moves only a clip. */
export function TokenTrack({ ids, k, count }: TokenTrackProps) {
  const kept = (k / count) * 100;
  return (
    <div className={styles.track} aria-hidden="true">
      <Outlines count={count} />
      {ids ? (
        <div className={styles.kept} style={{ clipPath: `inset(0 ${100 - kept}% 0 0)` }}>
          <Fills ids={ids} />
        </div>
      ) : null}
    </div>
  );
}

const Outlines = memo(function Outlines({ count }: { readonly count: number }) {
  let path = '';
  for (let i = 0; i < count; i++) path += `M${i + 0.12} 0h.76v1h-.76z`;
  return (
    <svg className={styles.cells} viewBox={`0 0 ${count} 1`} preserveAspectRatio="none" aria-hidden="true">
      <path className={styles.outline} d={path} />
    </svg>
  );
});

const Fills = memo(function Fills({ ids }: { readonly ids: Uint32Array }) {
  const hues = assignHues(ids);
  const paths = HUES.map(() => '');
  hues.forEach((hue, i) => {
    paths[hue] += `M${i + 0.06} 0h.88v1h-.88z`;
  });
  return (
    <svg
      className={styles.cells}
      viewBox={`0 0 ${ids.length} 1`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {HUES.map((hue) => (
        <path key={hue} style={{ fill: `var(--token-${hue})` }} d={paths[hue]} />
      ))}
    </svg>
  );
});
