import { Later } from '../../views/Later';
import { PictureFrame } from '../../views/picture/PictureFrame';
import { Zoomed } from '../../views/picture/Zoomed';
import { useSignal } from '../../views/signal';
import { LabCanvas } from './LabCanvas';
import { useLabState, useModel } from './lab-context';
import type { Lane } from './lane';
import { useLaneParts } from './lane-parts';
import { ModelFacts } from './ModelFacts';
import { Readout } from './Readout';
import { sameSource } from './source';
import { Waiting } from './Waiting';

const loadEdited = async () => (await import('./edit/EditNote')).EditNote;
const loadDecoding = async () => (await import('./Decoding')).Decoding;
const loadWaiting = async () => (await import('./LaneWaiting')).LaneWaiting;
const loadNotes = async () => (await import('./lanes/LaneNotes')).LaneNotes;
const loadEffect = async () => (await import('./energy/EffectOverlay')).EffectOverlay;

/** Says that a lane shows other tokens than the picture's own. */
function Edited({ lane }: { readonly lane: Lane }) {
  return useSignal(lane.opened)?.own ? <Later load={loadEdited} props={{ lane }} /> : null;
}

/** What a lane's decoder makes of the first k tokens: its model, picture, figures and loading progress. */
export function Reconstruction({ lane }: { readonly lane: Lane }) {
  const leads = useLabState(({ lanes }) => lanes[0] === lane);
  const { Title, Close } = useLaneParts();
  const picture = useSignal(lane.opened);
  const begun = useSignal(lane.begun);
  const stale = useSignal(lane.stale);
  const source = useLabState((state) => state.source);
  return (
    <PictureFrame
      stale={stale || (picture !== null && !sameSource(picture.source, source))}
      title={<Title lane={lane} />}
      aside={<ModelFacts lane={lane} />}
      action={leads || !Close ? undefined : <Close lane={lane} />}
      footer={<LaneFoot lane={lane} />}
    >
      {picture || begun ? <LabCanvas lane={lane} show="reconstruction" /> : null}
      {leads ? <TokenMark /> : null}
      <LaneProgress lane={lane} />
    </PictureFrame>
  );
}

const loadSampling = async () => (await import('./SamplingControl')).SamplingControl;

/** Over the lead's picture: what the token changes that is pointed at. */
export function TokenMark() {
  return (
    <Zoomed loupe={false}>
      <Later load={loadEffect} props={{}} />
    </Zoomed>
  );
}

/** What is said of a lane's picture. */
export function LaneFoot({ lane }: { readonly lane: Lane }) {
  const leads = useLabState(({ lanes }) => lanes[0] === lane);
  const { Crop } = useLaneParts();
  return (
    <>
      <Readout lane={lane} />
      {useModel(lane)?.sampler ? <Later load={loadSampling} props={{ lane }} /> : null}
      <Later load={loadNotes} props={{ lane }} />
      <Edited lane={lane} />
      {leads && Crop ? <Crop lane={lane} below /> : null}
    </>
  );
}

/** What a lane is doing, over its picture. */
export function LaneProgress({ lane }: { readonly lane: Lane }) {
  const leads = useLabState(({ lanes }) => lanes[0] === lane);
  return (
    <>
      <Later load={loadDecoding} props={{ lane }} />
      {leads ? <Waiting lane={lane} /> : <Later load={loadWaiting} props={{ lane }} />}
    </>
  );
}
