import { samples } from '../../catalog/pictures';
import { useLab, useLabState, useModel } from './lab-context';
import type { Lane } from './lane';
import styles from './PrefixNote.module.css';

/** Says that a model is for one kind of picture, and offers the sample that suits it while another is open. */
export function SuitNote({ lane }: { readonly lane: Lane }) {
  const model = useModel(lane);
  const { session } = useLab();
  const source = useLabState((state) => state.source);
  const suits = model?.suits;
  const sample = samples.find(({ id }) => id === suits?.sample);
  if (!suits || !sample || source?.kind !== 'sample' || source.id === sample.id) return null;
  return (
    <p className={styles.note}>
      {model.label} is for {suits.what} only.{' '}
      <button type="button" className={styles.link} onClick={() => session.openSample(sample.id)}>
        Open the sample “{sample.label}”
      </button>
    </p>
  );
}
