import type { Handlers } from '../../rpc/server';
import type { CheckpointApi } from './api';
import { inspectCheckpoint } from './inspect';
import { keepCheckpoint } from './keep-checkpoint';

/** What the checkpoint worker does, apart from being a worker. */
export const checkpointHandlers: Handlers<CheckpointApi> = {
  inspect: ({ source }, { signal }) => inspectCheckpoint(source, signal),
  keep: ({ plan }, context) => keepCheckpoint(plan, context.signal, (progress) => context.progress(progress)),
};
