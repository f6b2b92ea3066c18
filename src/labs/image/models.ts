import { create } from 'zustand';
import { checkpointHash, checkpointLabel, isCheckpointId } from '../../core/image/checkpoint-id';
import { type BundledModel, bundledModels } from '../../engine/image/models';
import type { StoredCheckpoint } from '../../engine/weights/plan';

/** A model that the lab can open: a bundled one, or a checkpoint that this browser keeps. */
export interface LabModel extends Omit<BundledModel, 'files'> {
  /** Set where it is a checkpoint. */
  readonly checkpoint?: StoredCheckpoint;
}

/** The visitor's checkpoints. What is done with them stands in checkpoints/, and is loaded when it is needed. */
export interface CheckpointsState {
  readonly checkpoints: readonly StoredCheckpoint[];
  /** What links call checkpoints that may not be here, by id. */
  readonly linked: Readonly<Record<string, string>>;
  /** The open dialog: whose place a new checkpoint takes, and what it is to look for; null while it is closed. */
  readonly dialog: { readonly place: ModelPlace; readonly wanted: string } | null;
  /** Files that were dropped on the page, for the dialog to take. */
  readonly dropped: readonly File[];
}

/** Whose place a model fills: that of the slider, or the one beside it. */
export type ModelPlace = 'model' | 'second';

export const useCheckpoints = create<CheckpointsState>(() => ({
  checkpoints: [],
  linked: {},
  dialog: null,
  dropped: [],
}));

/** What is known of a model, before it is loaded; undefined where it is not here. */
export function findModel(
  id: string | null,
  checkpoints = useCheckpoints.getState().checkpoints,
): LabModel | undefined {
  const checkpoint = checkpoints.find((one) => one.id === id);
  return checkpoint ? asModel(checkpoint) : bundledModels.find((one) => one.id === id);
}

/** What to call a model, also one that is not here. */
export function modelLabel(id: string): string {
  return findModel(id)?.label ?? useCheckpoints.getState().linked[id] ?? checkpointLabel(id);
}

/** The names that a link carries for checkpoints whose ids say nothing. */
export function namesForLink(...ids: (string | null)[]): Record<string, string> | undefined {
  const files = ids.filter((id) => id?.startsWith('file:') && isCheckpointId(id)) as string[];
  return files.length === 0 ? undefined : Object.fromEntries(files.map((id) => [id, modelLabel(id)]));
}

/** Opens the dialog that adds checkpoints. @param wanted what its field holds at first */
export function openCheckpointDialog(place: ModelPlace, wanted = '', dropped: readonly File[] = []): void {
  useCheckpoints.setState({ dialog: { place, wanted }, dropped });
}

let listing: Promise<void> | undefined;

/** Lists the checkpoints that this browser keeps, once. One that keeps nothing is as good as an empty one. */
export function listCheckpointsOnce(): Promise<void> {
  listing ??= import('../../engine/storage/checkpoint-store')
    .then(({ listCheckpoints }) => listCheckpoints())
    .then(
      (checkpoints) => useCheckpoints.setState({ checkpoints }),
      () => {},
    );
  return listing;
}

function asModel(checkpoint: StoredCheckpoint): LabModel {
  const { id, name, family, image, tokens, sampler, bytes, precision } = checkpoint;
  const from = checkpoint.origin.kind === 'hub' ? checkpoint.origin.repository : 'your files';
  return {
    id,
    label: name,
    summary: `${family}, ${image.width} × ${image.height} pixels, from ${from}${precision === 'half' ? ', in half precision' : ''}.`,
    bytes,
    image,
    tokens,
    sampler,
    hash: checkpointHash(id),
    checkpoint,
  };
}
