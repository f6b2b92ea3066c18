import { Later } from '../../views/Later';
import { PictureFrame } from '../../views/picture/PictureFrame';
import { Zoomed } from '../../views/picture/Zoomed';
import { useSignal } from '../../views/signal';
import { Decoding } from './Decoding';
import { LabCanvas } from './LabCanvas';
import { LaneWaiting } from './LaneWaiting';
import { useLabState } from './lab-context';
import type { Lane } from './lane';
import { useLaneParts } from './lane-parts';
import { PositionNote } from './lanes/PositionNote';
import { SentNote } from './lanes/SentNote';
import { ModelFacts } from './ModelFacts';
import { PrefixNote } from './PrefixNote';
import { Readout } from './Readout';
import { SampleNote } from './SampleNote';
import { SamplingControl } from './SamplingControl';
import { SuitNote } from './SuitNote';
import { Waiting } from './Waiting';

const loadEffect = async () => (await import('./energy/EffectOverlay')).EffectOverlay;

/** What a lane's decoder makes of the first k tokens: its model, picture, figures and loading progress. */
export function Reconstruction({ lane }: { readonly lane: Lane }) {
  const leads = useLabState(({ lanes }) => lanes[0] === lane);
  const { Title, Close } = useLaneParts();
  const picture = useSignal(lane.opened);
  return (
    <PictureFrame
      title={<Title lane={lane} />}
      aside={<ModelFacts lane={lane} />}
      action={leads || !Close ? undefined : <Close lane={lane} />}
      footer={<LaneFoot lane={lane} />}
    >
      {picture ? <LabCanvas lane={lane} show="reconstruction" /> : null}
      {leads ? (
        <Zoomed loupe={false}>
          <Later load={loadEffect} props={{}} />
        </Zoomed>
      ) : null}
      <LaneProgress lane={lane} />
    </PictureFrame>
  );
}

/** What is said of a lane's picture. */
export function LaneFoot({ lane }: { readonly lane: Lane }) {
  const leads = useLabState(({ lanes }) => lanes[0] === lane);
  const { Crop } = useLaneParts();
  return (
    <>
      <Readout lane={lane} />
      <PositionNote lane={lane} />
      <SentNote lane={lane} />
      <SamplingControl lane={lane} />
      <PrefixNote lane={lane} />
      <SampleNote lane={lane} />
      <SuitNote lane={lane} />
      {leads && Crop ? <Crop lane={lane} below /> : null}
    </>
  );
}

/** What a lane is doing, over its picture. */
export function LaneProgress({ lane }: { readonly lane: Lane }) {
  const leads = useLabState(({ lanes }) => lanes[0] === lane);
  return (
    <>
      <Decoding lane={lane} />
      {leads ? <Waiting lane={lane} /> : <LaneWaiting lane={lane} />}
    </>
  );
}
