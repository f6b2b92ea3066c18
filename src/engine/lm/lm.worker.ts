import { type ServerScope, serve } from '../rpc/server';
import { lmHandlers } from './lm.service';
import { startRuntime } from './lm-runtime';
import { fetchLanguageModel } from './lm-store';

serve(
  lmHandlers({
    start: startRuntime,
    fetch: ({ id, folderUrl }, signal, onProgress) => fetchLanguageModel(folderUrl, id, signal, onProgress),
  }),
  globalThis as unknown as ServerScope,
);
