import { formatSignificant } from '../../ui/format';
import { useSignal } from '../../views/signal';
import { useModel } from './lab-context';
import type { Lane } from './lane';
import note from './PrefixNote.module.css';

/** At t = 1 the velocity is the noise minus the mean of all pictures that the tokens allow (Liu et al. 2022). */
const MEAN = {
  one: 'One step gives nearly the mean of all samples.',
  more: 'PSNR of a sample is below that of the mean.',
};

/** What a sampled picture is, what it took to draw, and how to read its figures. */
export function SampleNote({ lane }: { readonly lane: Lane }) {
  const model = useModel(lane);
  const steps = useSignal(lane.shown)?.sampling?.steps;
  if (!model?.sampler || steps === undefined) return null;
  const runs = steps === 'distilled' ? 1 : steps;
  const { stepMflop } = model.sampler;
  const cost =
    stepMflop === undefined
      ? `${runs} network ${runs === 1 ? 'run' : 'runs'}`
      : `${runs} × ${formatSignificant(stepMflop / 1000)} GFLOP`;
  return (
    <p className={note.note}>
      Other noise draws other details. {cost}. {MEAN[steps === 1 ? 'one' : 'more']}
    </p>
  );
}
