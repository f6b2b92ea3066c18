import { readGenerated } from '../../../tokenizers/testing/generated-vocabulary';
import type { WorkerLike } from '../../rpc/client';
import { type ServerScope, serve } from '../../rpc/server';
import { TextSegmenter } from '../segmenter';
import type { TextWorkerApi } from '../study.api';
import { textHandlers } from '../text.service';
import type { ReadVocabulary } from '../tokenizer-loader';

/** The real text engine in this thread, for tests: each "worker" is the real service behind a message channel. */
export function nodeSegmenter(read: ReadVocabulary = readGenerated): TextSegmenter {
  return new TextSegmenter(1, () => {
    const { port1, port2 } = new MessageChannel();
    serve<TextWorkerApi>(textHandlers(read), port2 as unknown as ServerScope);
    port1.start();
    port2.start();
    const worker: WorkerLike = {
      postMessage: (message, transfer) => port1.postMessage(message, transfer),
      terminate: () => port1.close(),
      addEventListener: (type, listener) => {
        if (type === 'message') port1.addEventListener(type, listener);
      },
    };
    return worker;
  });
}
