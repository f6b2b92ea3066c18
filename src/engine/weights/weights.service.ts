import { families } from '../families/families';
import type { Handlers } from '../rpc/server';
import { fetchTokenizer } from './fetch-tokenizer';
import { inspectCheckpoint } from './inspect';
import { keepCheckpoint } from './keep-checkpoint';
import type { CheckpointApi } from './weights.api';

/** What the checkpoint worker does, apart from being a worker. */
export const checkpointHandlers: Handlers<CheckpointApi> = {
  families: async () => families.map(({ id }) => id),
  inspect: ({ source }, { signal }) => inspectCheckpoint(source, signal),
  fetchTokenizer: ({ text, hub }, context) =>
    fetchTokenizer(text, hub, context.signal, (progress) => context.progress(progress)),
  keep: ({ plan }, context) => keepCheckpoint(plan, context.signal, (progress) => context.progress(progress)),
};
