import type { FetchedTokenizer, FetchProgress } from './fetch-tokenizer';
import type { CheckpointSource } from './find-checkpoint';
import type { CheckpointPlan, StoredCheckpoint } from './plan';

/** How far keeping a checkpoint is, in bytes of its files as they come. */
export interface KeepProgress {
  readonly loaded: number;
  readonly total: number;
}

/** Where a tokenizer is fetched from: what the visitor typed or a link names, and the hub that bare names are asked at. */
export interface FetchTokenizerArgs {
  readonly text: string;
  readonly hub: string;
}

/** The checkpoint worker's methods. It alone talks to other sites (see scripts/lib/headers.mjs). */
export type CheckpointApi = {
  /** Ids of the families whose graphs can be built: the page itself does without their code. */
  families: { args: object; result: readonly string[] };
  /** Looks at a checkpoint without fetching its weights. */
  inspect: { args: { readonly source: CheckpointSource }; result: CheckpointPlan };
  /** Fetches the files of a text tokenizer; of a GGUF file only its metadata. */
  fetchTokenizer: { args: FetchTokenizerArgs; result: FetchedTokenizer; progress: FetchProgress };
  /** Stores a checkpoint in this browser, or resumes where an earlier call stopped. */
  keep: { args: { readonly plan: CheckpointPlan }; result: StoredCheckpoint; progress: KeepProgress };
};
