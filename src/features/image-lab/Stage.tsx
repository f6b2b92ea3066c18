import { Original } from './Original';
import { Reconstruction } from './Reconstruction';
import styles from './Stage.module.css';
import { useImageLab } from './store';
import { Wipe } from './Wipe';

/** The original and what the first k tokens make of it, as the chosen view shows them. */
export function Stage() {
  const view = useImageLab((state) => state.view);
  return (
    <div className={styles.stage} data-view={view}>
      {view === 'side' ? <Original /> : null}
      {view === 'wipe' ? <Wipe /> : <Reconstruction />}
      {view === 'difference' ? <Reconstruction difference /> : null}
    </div>
  );
}
