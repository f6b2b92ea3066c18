import { changedAt } from '../../../core/image/token-edits';
import { useSignal } from '../../../views/signal';
import type { Lane } from '../lane';
import styles from './EditNote.module.css';

/** Under a lane's picture: how many of its tokens are not the picture's own. */
export function EditNote({ lane }: { readonly lane: Lane }) {
  const picture = useSignal(lane.opened);
  if (!picture?.own) return null;
  const changed = changedAt(picture.ids, picture.own).length;
  return (
    <p className={styles.note}>
      Edited: {changed === 1 ? '1 token' : `${changed} tokens`} of {picture.ids.length} changed.
    </p>
  );
}
