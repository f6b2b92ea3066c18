import { useSignal } from '../../../views/signal';
import type { Lane } from '../lane';
import styles from '../PrefixNote.module.css';

/** Why a lane stands where it does, where that is not plain from its figures. */
export function PositionNote({ lane }: { readonly lane: Lane }) {
  const note = useSignal(lane.position)?.note;
  return note ? <p className={styles.note}>{note}</p> : null;
}
