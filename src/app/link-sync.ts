import { TokenoscopeError } from '../core/errors';
import { decodeLink, encodeLink } from '../core/link/codec';
import type { Experiment } from '../core/link/experiment';
import { applyImageExperiment, imageExperiment } from '../labs/image/link';
import { useImageLab } from '../labs/image/store';
import { applyTextExperiment, textExperiment } from '../labs/text/link';
import { useTextLab } from '../labs/text/store';
import { isStep } from './experiment-steps';
import { KNOWN } from './known';
import { changed, keysKept, STATE_TABLE } from './state-table';
import { type Lab, useApp } from './store';

/** While a slider moves or a text is typed, the address bar follows after this pause: browsers throttle it. */
const PAUSE_MS = 250;

/** Short hashes that people type; the full link replaces them at once. */
const ALIASES: Readonly<Record<string, Lab>> = { '#image': 'image', '#text': 'text', '#about': 'about' };

/** The experiment as of the last change; the address bar holds it, or will after the pause. */
let latest: Experiment;
let timer: ReturnType<typeof setTimeout> | undefined;
/** True while a link is being opened: what it changes is no new step, or Back would cut off Forward. */
let opening = false;

/**
 * Opens the link in the address bar, then keeps the address bar in step with the state: a discrete change
 * (another picture, lab, tokenizer) makes a history entry, a continuous one (k, typing) replaces the current.
 */
export function startLinkSync(): void {
  openAddress();
  window.addEventListener('hashchange', openAddress);
  const follow = <State>(
    store: { subscribe(listener: (state: State, previous: State) => void): () => void },
    keys: readonly (keyof State)[],
    isStepBy: (state: State, previous: State) => boolean = () => true,
  ) =>
    store.subscribe((state, previous) => {
      if (changed(keys, state, previous)) onChange(isStepBy(state, previous));
    });
  follow(useApp, keysKept(STATE_TABLE.app, 'link'));
  // What a failure takes back is no step of the visitor: an entry for it would make Back lead to the failure again.
  follow(
    useImageLab,
    keysKept(STATE_TABLE.imageLab, 'link'),
    (state, previous) => state.problem === null || state.problem === previous.problem,
  );
  follow(useTextLab, keysKept(STATE_TABLE.textLab, 'link'));
}

/** The link to what is on screen now. */
export function currentUrl(): string {
  return new URL(encodeLink(currentExperiment()), location.href).href;
}

/** What is on screen now, as a link would hold it. */
export function currentExperiment(): Experiment {
  return {
    lab: useApp.getState().lab,
    image: imageExperiment(useImageLab.getState()),
    text: textExperiment(useTextLab.getState()),
  };
}

function openAddress(): void {
  const { hash } = location;
  const alias = ALIASES[hash];
  if (alias) {
    opening = true;
    useApp.setState({ lab: alias });
    opening = false;
  } else if (hash.length > 1) {
    if (latest && hash === encodeLink(latest)) return;
    opening = true;
    try {
      const { experiment, problems } = decodeLink(hash, KNOWN);
      useApp.setState({ lab: experiment.lab, linkFailure: null, linkProblems: problems });
      applyImageExperiment(experiment.image);
      applyTextExperiment(experiment.text);
    } catch (error) {
      // The page stays as it is, and so does the address: whoever mistyped it can still mend it.
      const { message, hint } =
        error instanceof TokenoscopeError ? error : { message: 'This link could not be read.', hint: '' };
      useApp.setState({ linkFailure: { message, hint }, linkProblems: [] });
      latest = currentExperiment();
      return;
    } finally {
      opening = false;
    }
  }
  clearTimeout(timer);
  latest = currentExperiment();
  write(latest, 'replaceState');
}

function onChange(mayBeStep: boolean): void {
  if (opening) return;
  const next = currentExperiment();
  const previous = latest;
  latest = next;
  if (mayBeStep && isStep(previous, next)) {
    if (timer !== undefined) write(previous, 'replaceState');
    write(next, 'pushState');
    return;
  }
  clearTimeout(timer);
  timer = setTimeout(() => write(latest, 'replaceState'), PAUSE_MS);
}

function write(experiment: Experiment, how: 'pushState' | 'replaceState'): void {
  clearTimeout(timer);
  timer = undefined;
  let hash: string;
  try {
    hash = encodeLink(experiment);
  } catch (error) {
    // The address keeps the last experiment that could be written; the page goes on.
    console.error(error);
    return;
  }
  if (hash !== location.hash) history[how](null, '', hash);
}
