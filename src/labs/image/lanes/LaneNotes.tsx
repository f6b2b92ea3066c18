import type { Lane } from '../lane';
import { PrefixNote } from '../PrefixNote';
import { SampleNote } from '../SampleNote';
import { SuitNote } from '../SuitNote';
import { PositionNote } from './PositionNote';
import { SentNote } from './SentNote';

/** What is to be said of a lane's picture below its figures; of most pictures nothing, so it is loaded later. */
export function LaneNotes({ lane }: { readonly lane: Lane }) {
  return (
    <>
      <PositionNote lane={lane} />
      <SentNote lane={lane} />
      <PrefixNote lane={lane} />
      <SampleNote lane={lane} />
      <SuitNote lane={lane} />
    </>
  );
}
