import { Wipe } from '../../views/picture/Wipe';
import { useSignal } from '../../views/signal';
import { useCropping } from './crop/use-cropping';
import { LabCanvas } from './LabCanvas';
import { Difference, LaneFrame, Reconstruction } from './LaneViews';
import { useLabState } from './lab-context';
import type { Lane } from './lane';
import { Original } from './Original';
import styles from './Stage.module.css';

/** The original and what the first k tokens make of it, by every lane, as the chosen view shows them. */
export function Stage() {
  const cropping = useCropping();
  // The square is chosen on the original, which only one view has.
  const chosen = useLabState((state) => state.view);
  const view = cropping ? 'side' : chosen;
  const lanes = useLabState((state) => state.lanes);
  const comparing = lanes.length > 1;
  return (
    <div
      className={styles.stage}
      data-view={view}
      data-comparing={comparing || undefined}
      data-many={lanes.length > 2 || undefined}
      data-cropping={cropping || undefined}
    >
      {view === 'side' ? <Original /> : null}
      {lanes.map((lane, i) =>
        view === 'wipe' ? (
          <WipeLane key={String(i)} lane={lane} />
        ) : (
          <Reconstruction key={String(i)} lane={lane} difference={comparing && view === 'difference'} />
        ),
      )}
      {view === 'difference' && !comparing ? <Difference lane={lanes[0]!} /> : null}
    </div>
  );
}

/** Original and reconstruction in one place. */
function WipeLane({ lane }: { readonly lane: Lane }) {
  const picture = useSignal(lane.opened);
  return (
    <LaneFrame lane={lane}>
      {picture ? <LabCanvas lane={lane} show="reconstruction" /> : null}
      {picture?.original ? (
        <Wipe
          label="Wipe between original and reconstruction"
          left={(className) => <LabCanvas lane={lane} show="original" className={className} />}
          leftName="Original"
          rightName="Reconstruction"
        />
      ) : null}
      {picture && !picture.original ? (
        <p className={styles.tag}>The original is not included in this link.</p>
      ) : null}
    </LaneFrame>
  );
}
