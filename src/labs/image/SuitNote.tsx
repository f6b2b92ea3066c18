import { samples } from '../../catalog/pictures';
import { type Lane, secondLane } from './lane';
import styles from './PrefixNote.module.css';
import { openSample } from './session';
import { useImageLab, useModel } from './store';

/** A model for one kind of picture, shown one of the samples that is of another kind: there is one that suits it. */
export function SuitNote({ lane }: { readonly lane: Lane }) {
  const model = useModel(lane === secondLane ? 'second' : 'model');
  const source = useImageLab((state) => state.source);
  const suits = model?.suits;
  const sample = samples.find(({ id }) => id === suits?.sample);
  if (!suits || !sample || source?.kind !== 'sample' || source.id === sample.id) return null;
  return (
    <p className={styles.note}>
      {model.label} is for {suits.what} only.{' '}
      <button type="button" className={styles.link} onClick={() => openSample(sample.id)}>
        Open the sample “{sample.label}”
      </button>
    </p>
  );
}
