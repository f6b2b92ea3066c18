import { formatSignificant } from '../../ui/format';
import { type Lane, secondLane } from './lane';
import styles from './PrefixNote.module.css';
import { useSignal } from './signal';
import { useModel } from './store';

/** What a sampled picture is, what it took to draw, and how to read its figures. */
export function SampleNote({ lane }: { readonly lane: Lane }) {
  const model = useModel(lane === secondLane ? 'second' : 'model');
  const steps = useSignal(lane.shown)?.sampling?.steps;
  if (!model?.sampler || steps === undefined) return null;
  const runs = steps === 'distilled' ? 1 : steps;
  const { stepMflop } = model.sampler;
  const cost =
    stepMflop === undefined
      ? `${runs} network runs`
      : `${runs} × ${formatSignificant(stepMflop / 1000)} GFLOP`;
  return (
    <p className={styles.note}>
      What changes from noise to noise is what the tokens do not say. {cost}; one sample has less PSNR than
      the mean of many.
    </p>
  );
}
