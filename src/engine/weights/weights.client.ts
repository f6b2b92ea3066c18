import { type CallOptions, IDLE_MS, WorkerClient } from '../rpc/client';
import type { FetchedTokenizer, FetchProgress } from './fetch-tokenizer';
import type { CheckpointSource } from './find-checkpoint';
import type { CheckpointPlan, StoredCheckpoint } from './plan';
import type { CheckpointApi, FetchTokenizerArgs, KeepProgress } from './weights.api';

let client: WorkerClient<CheckpointApi> | undefined;

/** The page's way to the checkpoint worker, which starts with the first call. */
function worker(): WorkerClient<CheckpointApi> {
  client ??= new WorkerClient(
    () => new Worker(new URL('./weights.worker.ts', import.meta.url), { type: 'module' }),
    { idleMs: IDLE_MS },
  );
  return client;
}

/** Ids of the families whose graphs can be built. */
export function listFamilies(): Promise<readonly string[]> {
  return worker().call('families', {});
}

/**
 * Looks at a checkpoint without fetching its weights.
 * @throws TokenoscopeError `model-fetch`, `model-corrupt`, `checkpoint-refused`, `file-unreadable`, `aborted`
 */
export function inspectCheckpoint(source: CheckpointSource, signal: AbortSignal): Promise<CheckpointPlan> {
  return worker().call('inspect', { source }, { signal });
}

/**
 * Stores a checkpoint in this browser, or resumes where an earlier call stopped.
 * @throws TokenoscopeError `model-fetch`, `model-corrupt`, `storage-full`, `storage-refused`, `aborted`
 */
export function keepCheckpoint(
  plan: CheckpointPlan,
  options: CallOptions<KeepProgress>,
): Promise<StoredCheckpoint> {
  return worker().call('keep', { plan }, options);
}

/**
 * Fetches the files of a text tokenizer: by hub id, by address, or from where a link says.
 * @throws TokenoscopeError `tokenizer-fetch`, `model-fetch`, `model-corrupt`, `tokenizer-too-large`, `aborted`
 */
export function fetchRemoteTokenizer(
  args: FetchTokenizerArgs,
  options: CallOptions<FetchProgress>,
): Promise<FetchedTokenizer> {
  return worker().call('fetchTokenizer', args, options);
}
