import { lazy, Suspense } from 'react';
import { PictureFrame } from '../../views/picture/PictureFrame';
import { useSignal } from '../../views/signal';
import { useCropping } from './crop/use-cropping';
import { Reconstruction } from './LaneViews';
import { useLab, useLabState, useLead } from './lab-context';
import { Original } from './Original';
import { useFromLink } from './receiver/use-from-link';
import styles from './Stage.module.css';

/** Wipe, blink, difference and heat map are not needed for a first picture. */
const PairStage = lazy(async () => ({ default: (await import('./pair/PairStage')).PairStage }));

/** The original and what the first k tokens make of it, by every lane, as the chosen view shows them. */
export function Stage() {
  const cropping = useCropping();
  // The square is chosen on the original, which only one view has.
  const chosen = useLabState((state) => state.view);
  const view = cropping ? 'side' : chosen;
  const lanes = useLabState((state) => state.lanes);
  const fromLink = useFromLink();
  const { stage, original } = useLab();
  const inPlace = useSignal(original);
  const begun = useSignal(useLead().begun);
  return (
    <div
      ref={stage.set}
      className={styles.stage}
      data-view={view}
      data-tokens-only={fromLink || undefined}
      data-comparing={lanes.length > 1 || undefined}
      data-many={lanes.length > 2 || undefined}
      data-cropping={cropping || undefined}
      data-original={inPlace || undefined}
      data-begun={begun ? true : undefined}
    >
      {view === 'side' ? (
        <>
          {fromLink ? null : <Original />}
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
