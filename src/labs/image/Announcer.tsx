import { firstLane, secondLane } from './lane';
import { describeSampling } from './sampling';
import { useSignal } from './signal';
import { useImageLab, useModel } from './store';

/** Says what happens to who does not see it: one short sentence a picture and a way of drawing it, none a step of the slider. */
export function Announcer() {
  const phase = useImageLab((state) => state.phase);
  const model = useModel()?.label ?? 'the model';
  const picture = useSignal(firstLane.opened);
  const first = useSignal(firstLane.shown)?.sampling;
  const second = useSignal(secondLane.shown)?.sampling;
  const sampling = first ?? second;
  const drawn = sampling ? `, drawn ${describeSampling(sampling)}` : '';
  const words = {
    idle: '',
    'loading-model': `Loading ${model}`,
    encoding: 'Encoding the picture',
    ready: picture ? `${picture.label}: ${picture.ids.length} tokens${drawn}` : '',
  };
  return (
    <p role="status" className="visually-hidden">
      {words[phase]}
    </p>
  );
}
