import { useSignal } from '../../../views/signal';
import type { Lane } from '../lane';
import styles from '../PrefixNote.module.css';
import { isSecondHand, secondHandNote } from '../source';

/** What a lane's figures do not tell: why it stands where it does, and that it saw no photograph. */
export function PositionNote({ lane }: { readonly lane: Lane }) {
  const note = useSignal(lane.position)?.note;
  const picture = useSignal(lane.opened);
  return (
    <>
      {picture && isSecondHand(picture) ? <p className={styles.note}>{secondHandNote.text}</p> : null}
      {note ? <p className={styles.note}>{note}</p> : null}
    </>
  );
}
