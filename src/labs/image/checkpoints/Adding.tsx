import { Button } from '../../../ui/Button';
import { useLab, useLabState } from '../lab-context';
import { AddCheckpoint } from './AddCheckpoint';
import { stop } from './actions';
import { KeepingBar } from './Found';
import { KeepingNote } from './KeepingNote';
import styles from './MissingCheckpoint.module.css';

/** The dialog that adds checkpoints; while it is closed and one is still being added, how far that is. */
export function Adding() {
  return useLabState(({ dialog }) => dialog !== null) ? <AddCheckpoint /> : <KeepingNote />;
}

/** The same in the place of the picture that waits for it. @param id of the checkpoint */
export function Coming({ id }: { readonly id: string }) {
  const lab = useLab();
  return (
    <div className={styles.missing}>
      <p className={styles.title}>
        <strong>{lab.models.label(id)}</strong> is on its way; its picture follows.
      </p>
      <div className={styles.bar}>
        <KeepingBar isLocal={false} />
      </div>
      <Button size="sm" onClick={() => stop(lab)}>
        Cancel
      </Button>
    </div>
  );
}
