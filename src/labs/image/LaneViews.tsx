import type { ReactNode } from 'react';
import { Later } from '../../views/Later';
import { PictureFrame } from '../../views/picture/PictureFrame';
import { DIFFERENCE_GAIN } from '../../views/picture/paint';
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
import styles from './Stage.module.css';
import { SuitNote } from './SuitNote';
import { Waiting } from './Waiting';

const loadEdited = async () => (await import('./edit/EditNote')).EditNote;
const loadEffect = async () => (await import('./energy/EffectOverlay')).EffectOverlay;

export interface ReconstructionProps {
  readonly lane: Lane;
  /** Shows the difference from the original instead: with several models there is no room for both. */
  readonly difference?: boolean;
}

/** What a lane's decoder makes of the first k tokens, with its figures. */
export function Reconstruction({ lane, difference = false }: ReconstructionProps) {
  const picture = useSignal(lane.opened);
  const show = difference && picture?.original ? 'difference' : 'reconstruction';
  return <LaneFrame lane={lane}>{picture ? <LabCanvas lane={lane} show={show} /> : null}</LaneFrame>;
}

/** How a lane's reconstruction differs from the original. */
export function Difference({ lane }: { readonly lane: Lane }) {
  const picture = useSignal(lane.opened);
  return (
    <PictureFrame
      title="Difference"
      aside={`|original − reconstruction| × ${DIFFERENCE_GAIN}`}
      footer={<p className={styles.legend}>Black where both agree; brighter where more is lost.</p>}
    >
      {picture?.original ? (
        <LabCanvas lane={lane} show="difference" />
      ) : (
        <p className={styles.missing}>There is no original to compare with.</p>
      )}
    </PictureFrame>
  );
}

/** Says that a lane shows other tokens than the picture's own. */
function Edited({ lane }: { readonly lane: Lane }) {
  return useSignal(lane.opened)?.own ? <Later load={loadEdited} props={{ lane }} /> : null;
}

/** The frame of a lane: its model, picture, figures and loading progress. */
export function LaneFrame({ lane, children }: { readonly lane: Lane; readonly children: ReactNode }) {
  const leads = useLabState(({ lanes }) => lanes[0] === lane);
  const { Title, Close } = useLaneParts();
  return (
    <PictureFrame
      title={<Title lane={lane} />}
      aside={<ModelFacts lane={lane} />}
      action={leads || !Close ? undefined : <Close lane={lane} />}
      footer={
        <>
          <Readout lane={lane} />
          <PositionNote lane={lane} />
          <SentNote lane={lane} />
          <PrefixNote lane={lane} />
          <SampleNote lane={lane} />
          <Edited lane={lane} />
          <SuitNote lane={lane} />
        </>
      }
    >
      {children}
      {leads ? <Later load={loadEffect} props={{}} /> : null}
      <Decoding lane={lane} />
      {leads ? <Waiting lane={lane} /> : <LaneWaiting lane={lane} />}
    </PictureFrame>
  );
}
