import { lazy, Suspense } from 'react';
import { PictureFrame } from '../../views/picture/PictureFrame';
import { Reconstruction } from './LaneViews';
import { useLab, useLabState } from './lab-context';
import { Original } from './Original';
import styles from './Stage.module.css';

/** Wipe, blink, difference and heat map are not needed for a first picture. */
const PairStage = lazy(async () => ({ default: (await import('./pair/PairStage')).PairStage }));

/** The original and what the first k tokens make of it, by every lane, as the chosen view shows them. */
export function Stage() {
  const view = useLabState((state) => state.view);
  const lanes = useLabState((state) => state.lanes);
  const { stage } = useLab();
  return (
    <div
      ref={stage.set}
      className={styles.stage}
      data-stage
      data-view={view}
      data-comparing={lanes.length > 1 || undefined}
      data-many={lanes.length > 2 || undefined}
    >
      {view === 'side' ? (
        <>
          <Original />
          {lanes.map((lane, i) => (
            <Reconstruction key={String(i)} lane={lane} />
          ))}
        </>
      ) : (
        <Suspense fallback={<PictureFrame title="">{null}</PictureFrame>}>
          <PairStage view={view} />
        </Suspense>
      )}
    </div>
  );
}
