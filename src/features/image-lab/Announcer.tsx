import { firstLane } from './lane';
import { useSignal } from './signal';
import { useImageLab, useModel } from './store';

/** Says what happens to who does not see it: one short sentence a picture, none a step of the slider. */
export function Announcer() {
  const phase = useImageLab((state) => state.phase);
  const model = useModel()?.label ?? 'the model';
  const picture = useSignal(firstLane.opened);
  const words = {
    idle: '',
    'loading-model': `Loading ${model}`,
    encoding: 'Encoding the picture',
    ready: picture ? `${picture.label}: ${picture.ids.length} tokens` : '',
  };
  return (
    <p role="status" className="visually-hidden">
      {words[phase]}
    </p>
  );
}
