import { firstLane, type Lane, secondLane } from './lane';
import { Original } from './Original';
import { Difference, Reconstruction } from './Reconstruction';
import styles from './Stage.module.css';
import { useImageLab } from './store';
import { Wipe } from './Wipe';

/** The original and what the first k tokens make of it, by one model or two, as the chosen view shows them. */
export function Stage() {
  const view = useImageLab((state) => state.view);
  const comparing = useImageLab((state) => state.second !== null);
  const show = (lane: Lane) =>
    view === 'wipe' ? (
      <Wipe lane={lane} />
    ) : (
      <Reconstruction lane={lane} difference={comparing && view === 'difference'} />
    );
  return (
    <div className={styles.stage} data-view={view} data-comparing={comparing || undefined}>
      {view === 'side' ? <Original /> : null}
      {show(firstLane)}
      {comparing ? show(secondLane) : null}
      {view === 'difference' && !comparing ? <Difference lane={firstLane} /> : null}
    </div>
  );
}
