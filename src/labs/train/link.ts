import type { LinkPart, VersionedPart } from '../../core/link/link-part';
import { formatBytes } from '../../ui/format';
import type { LabChange } from '../lab';
import { nameOfCorpus } from './corpus';
import { linkFormat, type TrainExperiment } from './link-format';
import type { TrainSession } from './session';

/** The part of a link that belongs to a session: its settings and its corpus, not its results. */
export function writeLink(session: TrainSession, short = false): LinkPart {
  return linkFormat.write(experimentOf(session, short));
}

function experimentOf(session: TrainSession, short: boolean): TrainExperiment {
  const { draft, corpus } = session.get();
  const { tab, bundled, languages, text } = corpus;
  const isMissing = tab === 'files' ? corpus.files.length > 0 : short && tab === 'text';
  return {
    draft,
    tab,
    bundled,
    languages,
    text: isMissing ? null : text,
    missing: isMissing ? nameOfCorpus(corpus).slice(0, 200) : null,
  };
}

/** Sets what a link says. Files and texts that did not travel are asked for. */
export function openLink(session: TrainSession, part: VersionedPart): readonly string[] {
  const problems: string[] = [];
  const { draft, tab, bundled, languages, text, missing } = linkFormat.read(part, problems);
  const now = experimentOf(session, missing !== null);
  const linked = { draft, tab, bundled, languages, text, missing };
  if (JSON.stringify(linkFormat.write(now)) === JSON.stringify(linkFormat.write(linked))) return problems;
  session.set(draft);
  session.choose({ tab, bundled, languages, ...(tab === 'text' && text !== null ? { text } : {}) });
  if (missing !== null) {
    problems.push(
      `This link was made with ${missing}, which is not in it: give the same to train the same tokenizer.`,
    );
  }
  return problems;
}

/** What travels in a link and what does not, in sentences. */
export function describeLink(session: TrainSession, short: boolean): readonly string[] {
  const { corpus } = session.get();
  const settings = 'All settings: the same text gives the same tokenizer.';
  if (corpus.tab === 'bundled') return [settings, `The name of the corpus: ${nameOfCorpus(corpus)}.`];
  if (corpus.tab === 'files')
    return [settings, `Not the files (${nameOfCorpus(corpus)}): they stay on this device.`];
  const size = formatBytes(new Blob([corpus.text]).size);
  return [settings, short ? `Not the text (${size}): it is too long for a link.` : `The text (${size}).`];
}

/** Reports changes that `writeLink` would show. @returns the way to stop */
export function onLinkChange(session: TrainSession, listener: (change: LabChange) => void): () => void {
  return session.store.subscribe((now, before) => {
    const { draft, corpus } = now;
    if (draft === before.draft && corpus === before.corpus) return;
    const isStep =
      draft.kind !== before.draft.kind ||
      corpus.tab !== before.corpus.tab ||
      corpus.bundled !== before.corpus.bundled;
    listener(isStep ? 'step' : 'edit');
  });
}
