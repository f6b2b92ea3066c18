import { findTextTokenizer } from '../catalog/tokenizers';
import { TokenoscopeError } from '../core/errors';
import type { OpenModels } from '../engine/lm/open-models';
import type { Handlers } from '../engine/rpc/server';
import type { SegmentProgress } from '../engine/text/text.api';
import { type ReadVocabulary, TokenizerLoader } from '../engine/text/tokenizer-loader';
import { readState } from './experiment';
import { findExperiment } from './registry';
import type { RunApi, RunProgress } from './run.api';

/** How often the page hears of a run, in milliseconds. */
const REPORT_MS = 100;

/** The work of the experiments' worker, without the worker itself. Tokenizers and models are kept from run to run. */
export function runHandlers(readVocabulary: ReadVocabulary, models: OpenModels): Handlers<RunApi> {
  const loader = new TokenizerLoader(readVocabulary);
  return {
    async run({ id, state, input, lmUrl }, { signal, progress }) {
      const experiment = await findExperiment(id)?.load();
      if (!experiment) {
        throw new TokenoscopeError(
          'link-invalid',
          `There is no experiment "${id}".`,
          'Choose one of the list.',
        );
      }
      const report = throttled(progress);
      return await experiment.run(readState(experiment, state), input, {
        signal,
        progress: (share) => report({ kind: 'share', share }),
        preview: (result) => report({ kind: 'preview', result }),
        languageModel: (name) =>
          models.get({ id: name, folderUrl: lmUrl }, signal, (load) => report({ kind: 'loading', load })),
        async tokenizer(name) {
          const entry = findTextTokenizer(name);
          if (!entry) {
            throw new TokenoscopeError(
              'tokenizer-unknown',
              `There is no tokenizer "${name}".`,
              'Choose one of the list.',
            );
          }
          const waiting = {
            signal,
            progress: (told: SegmentProgress) => {
              if (told.phase !== 'load') return;
              const { loaded, total } = told;
              report({ kind: 'loading', load: { what: entry.label, loaded, total } });
            },
          };
          const { tokenizer } = await loader.get({ id: name, label: entry.label, spec: entry.spec }, waiting);
          return tokenizer;
        },
      });
    },
  };
}

/** One report of each kind in a while: previews are copied to the page. */
function throttled(progress: (value: RunProgress) => void): (value: RunProgress) => void {
  const last: Partial<Record<RunProgress['kind'], number>> = {};
  return (value) => {
    const now = performance.now();
    if (now - (last[value.kind] ?? Number.NEGATIVE_INFINITY) < REPORT_MS) return;
    last[value.kind] = now;
    progress(value);
  };
}
