import { useSignal } from '../../views/signal';
import { useModel } from './lab-context';
import type { Lane } from './lane';
import styles from './PrefixNote.module.css';

/** Says that a model of a fixed length needs all its tokens: it decodes fewer, but was not trained to. */
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
