import { useSignal } from '../../views/signal';
import { useLab, useLabState, useLaneState, useLead } from './lab-context';
import type { Lane } from './lane';
import { describeSampling } from './sampling';

/** Announces to screen readers each new picture and way of drawing it, but not every step of the slider. */
export function Announcer() {
  const lab = useLab();
  const lead = useLead();
  const lanes = useLabState((state) => state.lanes);
  const phase = useLaneState(lead, (state) => state.phase);
  const model = lab.models.label(useLaneState(lead, (state) => state.model));
  const picture = useSignal(lead.opened);
  const words = {
    idle: '',
    'loading-model': `Loading ${model}`,
    encoding: 'Encoding the picture',
    ready: picture ? `${picture.label}: ${picture.ids.length} tokens` : '',
  };
  return (
    <p role="status" className="visually-hidden">
      {words[phase]}
      {phase === 'ready' ? lanes.map((lane, i) => <Drawn key={String(i)} lane={lane} />) : null}
    </p>
  );
}

function Drawn({ lane }: { readonly lane: Lane }) {
  const sampling = useSignal(lane.shown)?.sampling;
  return sampling ? `, drawn ${describeSampling(sampling)}` : null;
}
