import { type ServerScope, serve } from '../rpc/server';
import { textHandlers } from '../text/text-service';
import { fetchVocabulary } from '../text/vocabulary-urls';

serve(
  textHandlers((name, onProgress) =>
    fetchVocabulary(name, { onProgress: ({ loaded, total }) => onProgress(loaded, total) }),
  ),
  globalThis as unknown as ServerScope,
);
