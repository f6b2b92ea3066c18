import { fetchLanguageModel } from '../engine/lm/lm-store';
import { OpenModels } from '../engine/lm/open-models';
import { type ServerScope, serve } from '../engine/rpc/server';
import { fetchVocabulary } from '../engine/text/vocabulary-urls';
import { runHandlers } from './run.service';

serve(
  runHandlers(
    (name, onProgress) =>
      fetchVocabulary(name, { onProgress: ({ loaded, total }) => onProgress(loaded, total) }),
    // Few experiments run networks: ONNX Runtime comes with the first.
    new OpenModels({
      start: async () => (await import('../engine/lm/lm-runtime')).startRuntime(),
      fetch: ({ id, folderUrl }, signal, onProgress) => fetchLanguageModel(folderUrl, id, signal, onProgress),
    }),
  ),
  globalThis as unknown as ServerScope,
);
