import type { ReactNode } from 'react';
import { Decoding } from './Decoding';
import { type Lane, secondLane } from './lane';
import { ModelFacts, ModelPicker } from './ModelPicker';
import { PictureCanvas } from './PictureCanvas';
import { PictureFrame } from './PictureFrame';
import { PrefixNote } from './PrefixNote';
import { DIFFERENCE_GAIN } from './paint';
import { Readout } from './Readout';
import { SampleNote } from './SampleNote';
import { SecondWaiting, StopComparing } from './Second';
import styles from './Stage.module.css';
import { SuitNote } from './SuitNote';
import { useSignal } from './signal';
import { Waiting } from './Waiting';

export interface ReconstructionProps {
  readonly lane: Lane;
  /** Shows its difference from the original in its place: two models leave no room for both. */
  readonly difference?: boolean;
}

/** What a lane's decoder makes of the first k tokens, with its figures. */
export function Reconstruction({ lane, difference = false }: ReconstructionProps) {
  const picture = useSignal(lane.opened);
  const show = difference && picture?.original ? 'difference' : 'reconstruction';
  return <LaneFrame lane={lane}>{picture ? <PictureCanvas lane={lane} show={show} /> : null}</LaneFrame>;
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
        <PictureCanvas lane={lane} show="difference" />
      ) : (
        <p className={styles.missing}>There is no original to compare with.</p>
      )}
    </PictureFrame>
  );
}

/** The frame of a lane: which model, what it shows, its figures, and how far loading is. */
export function LaneFrame({ lane, children }: { readonly lane: Lane; readonly children: ReactNode }) {
  const second = lane === secondLane;
  const place = second ? 'second' : 'model';
  return (
    <PictureFrame
      title={<ModelPicker place={place} />}
      aside={
        second ? (
          <>
            <ModelFacts place={place} />
            <StopComparing />
          </>
        ) : (
          <ModelFacts place={place} />
        )
      }
      footer={
        <>
          <Readout lane={lane} />
          <PrefixNote lane={lane} />
          <SampleNote lane={lane} />
          <SuitNote lane={lane} />
        </>
      }
    >
      {children}
      <Decoding lane={lane} />
      {second ? <SecondWaiting /> : <Waiting />}
    </PictureFrame>
  );
}
