import type { TrainSource } from '../../engine/train/train.api';
import type { Corpus } from './corpus';

/**
 * The corpus as the worker takes it.
 * @throws TokenoscopeError `tokenizer-fetch` where it cannot be fetched
 */
export async function sourcesOf(corpus: Corpus, signal: AbortSignal): Promise<readonly TrainSource[]> {
  switch (corpus.tab) {
    case 'text':
      return [{ name: 'The text', text: corpus.text }];
    case 'files':
      return corpus.files.map(({ name, content, gzip }) => ({ name, text: content, gzip }));
    case 'bundled': {
      const { loadBundled } = await import('./bundled');
      return await loadBundled(corpus, signal);
    }
  }
}
