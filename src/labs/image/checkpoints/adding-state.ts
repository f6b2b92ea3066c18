import type { StoreApi } from 'zustand';
import type { CheckpointSeries } from '../../../catalog/checkpoints';
import type { TokenoscopeError } from '../../../core/errors';
import type { Unfinished } from '../../../engine/storage/unfinished';
import type { CheckpointSource } from '../../../engine/weights/find-checkpoint';
import type { Device } from '../../../engine/weights/fit';
import type { CheckpointPlan, Precision, StoredCheckpoint } from '../../../engine/weights/plan';

/** What the dialog shows. A download continues while the dialog is closed, and is shown in the lab meanwhile. */
export interface AddingState {
  readonly phase: 'idle' | 'looking' | 'found' | 'keeping';
  /** In the precision chosen for keeping it. */
  readonly plan: CheckpointPlan | null;
  /** Bytes of the plan's files that have been fetched already. */
  readonly stored: number;
  /** Memory and storage of this device, as last measured. */
  readonly device: Device;
  readonly progress: {
    readonly loaded: number;
    readonly total: number;
    /** Undefined until it can be estimated. */
    readonly secondsLeft: number | undefined;
  } | null;
  readonly problem: TokenoscopeError | null;
  readonly unfinished: readonly Unfinished[];
  /** False where the browser may delete what is kept here when it runs out of room; null where it was not checked. */
  readonly isLasting: boolean | null;
  /** The checkpoint that was added last. */
  readonly added: StoredCheckpoint | null;
  /** The official checkpoint, by its label, that all of this is about; null where it is another one. */
  readonly official: string | null;
  /** Why an official checkpoint is not downloaded at once although it was asked for. */
  readonly surprise: string | null;
  /** The official checkpoints that run here; null until that is known. */
  readonly catalogue: readonly CheckpointSeries[] | null;
  /** The precision that is preferred for keeping checkpoints. */
  readonly keepIn: Precision;
  /** Multiply-accumulates a second here; null until they have been measured. */
  readonly pace: number | null;
}

/** What one lab is adding; it exists as long as the lab does. */
export interface Adding {
  readonly store: StoreApi<AddingState>;
  job: AbortController | undefined;
  /** Where what is shown was found. */
  source: CheckpointSource | undefined;
}
