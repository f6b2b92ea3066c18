import { type ServerScope, serve } from '../rpc/server';
import { textHandlers } from './text.service';
import { fetchVocabulary } from './vocabulary-urls';

serve(
  textHandlers((name, onProgress) =>
    fetchVocabulary(name, { onProgress: ({ loaded, total }) => onProgress(loaded, total) }),
  ),
  globalThis as unknown as ServerScope,
);
