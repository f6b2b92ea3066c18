import { type ServerScope, serve } from '../engine/rpc/server';
import { fetchVocabulary } from '../engine/text/vocabulary-urls';
import { runHandlers } from './run.service';

serve(
  runHandlers((name, onProgress) =>
    fetchVocabulary(name, { onProgress: ({ loaded, total }) => onProgress(loaded, total) }),
  ),
  globalThis as unknown as ServerScope,
);
