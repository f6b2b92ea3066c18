import { onLibraryChange } from '../../engine/storage/library-changes';
import { TextSegmenter } from '../../engine/text/segmenter';
import type { LabHost } from '../lab';
import { ColumnList } from './column-list';
import { TextDrops } from './drops';
import { TextIntake } from './intake';
import { TextJobs } from './jobs';
import { LabLink } from './link';
import { OwnTokenizers } from './own-tokenizers';
import { Panes } from './pane-state';
import { Samples } from './samples';
import { ScrollLink } from './scroll-link';
import { TextState } from './text-state';
import { TokenFocus } from './token-focus';

/**
 * The columns of a first visit: an old vocabulary and three that people use now, the smallest first, because that arrives
 * first. They may change: links name them (link-format.ts).
 */
const DEFAULT_TOKENIZERS = ['gpt2', 'llama-3', 'o200k', 'gemma-3'];

/** One text lab: its state, in stores, and what can be done with it. */
export interface TextLab {
  readonly host: LabHost;
  readonly samples: Samples;
  readonly state: TextState;
  readonly columns: ColumnList;
  readonly own: OwnTokenizers;
  readonly panes: Panes;
  readonly focus: TokenFocus;
  readonly scrolling: ScrollLink;
  readonly segmenter: TextSegmenter;
  readonly jobs: TextJobs;
  readonly intake: TextIntake;
  readonly drops: TextDrops;
  readonly link: LabLink;
  /** Ends its workers for good. */
  dispose(): void;
}

/**
 * A text lab. Its workers start with the first text.
 * @param segmenter for tests: where there are no workers
 */
export function createTextLab(host: LabHost, segmenter = new TextSegmenter()): TextLab {
  const samples = new Samples();
  const state = new TextState(samples);
  const columns = new ColumnList(DEFAULT_TOKENIZERS);
  const own = new OwnTokenizers();
  // What the Library or another tab adds and deletes.
  const unfollow = onLibraryChange(async () => {
    const { refresh } = await import('./own-changes');
    await refresh(own);
  });
  const panes = new Panes();
  const focus = new TokenFocus();
  const intake = new TextIntake({ state, columns, own, panes, segmenter });
  state.store.subscribe((now, before) => {
    if (now.document !== before.document) focus.forget();
  });
  // A token of the old text may be pointed at until its column shows the new one.
  columns.store.subscribe(() =>
    focus.keepOnly(({ tokenizer, document }) => columns.find(tokenizer)?.result?.document === document),
  );
  return {
    host,
    samples,
    state,
    columns,
    own,
    panes,
    focus,
    scrolling: new ScrollLink(),
    segmenter,
    jobs: new TextJobs({ state, columns, own, segmenter }),
    intake,
    drops: new TextDrops({ host, state, intake }),
    link: new LabLink({ state, columns, own, panes, intake }),
    dispose() {
      unfollow();
      intake.cancel();
      segmenter.dispose();
    },
  };
}
