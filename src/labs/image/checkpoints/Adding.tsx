import { useLabState } from '../lab-context';
import { AddCheckpoint } from './AddCheckpoint';
import { KeepingNote } from './KeepingNote';

/** The dialog that adds checkpoints; while it is closed and one is still being added, how far that is. */
export function Adding() {
  return useLabState(({ dialog }) => dialog !== null) ? <AddCheckpoint /> : <KeepingNote />;
}
