import { TokenoscopeError, throwIfAborted } from '../../core/errors';
import { encodeUtf8 } from '../../core/text/utf8';
import { runInSlices } from '../../tokenizers/slices';
import { Corpus } from '../../tokenizers/train/corpus';
import { highlightsOf } from '../../tokenizers/train/highlights';
import type { TrainSettings } from '../../tokenizers/train/settings';
import { type TrainedTokenizer, trainTokenizer } from '../../tokenizers/train/train';
import type { Handlers } from '../rpc/server';
import { throttled } from '../rpc/throttled';
import { readCorpus } from './read-corpus';
import type { TrainApi } from './train.api';

/** How often the page hears of a training, in milliseconds. */
const REPORT_MS = 100;

/** The training worker's work, without the worker itself. One training runs at a time; it can be held. */
export function trainHandlers(): Handlers<TrainApi> {
  let resume: (() => void) | undefined;
  let held: Promise<void> | undefined;
  return {
    async train({ settings, sources }, { signal, progress, transfer }) {
      const total = sources.reduce(
        (sum, { text }) => sum + (typeof text === 'string' ? text.length : text.size),
        0,
      );
      held = undefined;
      const report = throttled(progress, REPORT_MS);
      const corpus = corpusFor(settings);
      await readCorpus(corpus, sources, signal, (read) => report({ stage: 'reading', read, total }));
      const steps = trainTokenizer(corpus, settings);
      let trained: TrainedTokenizer | undefined;
      while (!trained) {
        if (held) await Promise.race([held, aborted(signal)]);
        throwIfAborted(signal);
        // Until it is held or done.
        await runInSlices(
          () => {
            if (held) return 1;
            const step = steps.next();
            if (step.done) trained = step.value;
            else report({ stage: 'training', ...step.value });
            return step.done ? 1 : 0;
          },
          { signal },
        );
      }
      const { name, json, vocabulary, tokens, curve } = trained;
      const file = encodeUtf8(JSON.stringify(json));
      transfer(file.buffer);
      return {
        name,
        file,
        vocabulary,
        tokens,
        bytes: corpus.bytes,
        curve,
        highlights: highlightsOf(trained),
      };
    },

    async pause({ paused }) {
      if (paused) {
        held ??= new Promise((resolve) => {
          resume = resolve;
        });
      } else {
        held = undefined;
        resume?.();
      }
      return null;
    },
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function corpusFor(settings: TrainSettings): Corpus {
  try {
    return new Corpus(settings);
  } catch (error) {
    throw new TokenoscopeError(
      'query-invalid',
      `The pattern is not understood: ${(error as Error).message}`,
      'Correct it, or choose one of the list.',
    );
  }
}
