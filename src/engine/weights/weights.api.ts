import type { CheckpointSource } from './inspect';
import type { CheckpointPlan, StoredCheckpoint } from './plan';

/** How far keeping a checkpoint is. Checking reads what was stored once more. */
export interface KeepProgress {
  readonly phase: 'download' | 'check';
  readonly loaded: number;
  readonly total: number;
}

/** The checkpoint worker's methods. It alone talks to other sites (see scripts/lib/headers.mjs). */
export type CheckpointApi = {
  /** Looks at a checkpoint without fetching its weights. */
  inspect: { args: { readonly source: CheckpointSource }; result: CheckpointPlan };
  /** Stores a checkpoint in this browser, or resumes where an earlier call stopped. */
  keep: { args: { readonly plan: CheckpointPlan }; result: StoredCheckpoint; progress: KeepProgress };
};
