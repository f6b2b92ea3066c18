import { memo, useMemo } from 'react';
import type { LogScale } from '../../ui/log-scale';
import { ScaleTrack } from '../../ui/ScaleTrack';
import { skyline } from './skyline';
import styles from './TokenTrack.module.css';

export interface TokenTrackProps {
  readonly scale: LogScale;
  /** How many are kept. */
  readonly k: number;
  /** What each token adds, 0 to 1, by index; NaN where that is not known. Null where nothing is. */
  readonly energy: Float32Array | null;
}

/** What every token adds, as a skyline on the slider's scale, up to the last kept one in the accent. A step moves only a clip. */
export function TokenTrack({ scale, k, energy }: TokenTrackProps) {
  const kept = scale.shareOf(k);
  return (
    <ScaleTrack kept={kept} capped>
      {energy ? (
        <>
          <Skyline scale={scale} energy={energy} />
          {/* The first token's cell begins left of the scale. */}
          <div
            className={styles.kept}
            style={{ clipPath: `inset(0 ${100 - kept * 100}% 0 calc(-1 * var(--cap)))` }}
          >
            <Skyline scale={scale} energy={energy} />
          </div>
        </>
      ) : null}
    </ScaleTrack>
  );
}

type SkylineProps = Pick<TokenTrackProps, 'scale'> & { readonly energy: Float32Array };

const Skyline = memo(function Skyline({ scale, energy }: SkylineProps) {
  const path = useMemo(() => skyline(energy, scale), [energy, scale]);
  const first = energy[0] ?? Number.NaN;
  return (
    <>
      <span className={styles.first} style={{ height: `${first >= 0 ? first * 100 : 0}%` }} />
      <svg className={styles.skyline} viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
        <path d={path} />
      </svg>
    </>
  );
});
