import { useSignal } from '../../views/signal';
import { useModel } from './lab-context';
import type { Lane } from './lane';
import styles from './PrefixNote.module.css';

/** Models of a fixed length decode fewer tokens as well, and it is no fault of theirs what comes of it. */
export function PrefixNote({ lane }: { readonly lane: Lane }) {
  const model = useModel(lane);
  const frame = useSignal(lane.shown);
  if (!model || model.tokens.ordered || !frame || frame.k >= model.tokens.count) return null;
  return (
    <p className={styles.note}>
      {model.label} needs all {model.tokens.count} tokens; the rest is blank here.
    </p>
  );
}
