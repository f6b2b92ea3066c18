import type { LinkPart, VersionedPart } from '../../core/link/link-part';
import { readState } from '../../experiments/experiment';
import { findExperiment } from '../../experiments/registry';
import { formatBytes } from '../../ui/format';
import type { LabChange } from '../lab';
import { type LinkedExperiment, linkFormat } from './link-format';
import type { PapersSession } from './session';
import type { Fields, PapersState } from './state';

/** The part of a link that belongs to a session. @param short leaves the visitor's text out */
export function writeLink(session: PapersSession, short = false): LinkPart {
  return linkFormat.write(linkedOf(session.get(), short));
}

function linkedOf({ id, loaded, fields, source }: PapersState, short: boolean): LinkedExperiment {
  if (id === null) return { id, fields: {}, source: { kind: 'sample', id: null } };
  return {
    id,
    fields: loaded ? changesOf(fields, readState(loaded.experiment, {})) : fields,
    source: short && source.kind === 'text' ? { kind: 'missing', name: source.name ?? 'a text' } : source,
  };
}

/** The fields that are not at their defaults. */
function changesOf(fields: Fields, usual: Fields): Fields {
  const changed = Object.entries(fields).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(usual[key]),
  );
  return Object.fromEntries(changed);
}

/** Opens what a link says. */
export function openLink(session: PapersSession, part: VersionedPart): readonly string[] {
  const problems: string[] = [];
  const linked = linkFormat.read(part, problems);
  if (linked.id !== null && !findExperiment(linked.id)) {
    problems.push(`There is no experiment “${linked.id}” here. All of them are listed below.`);
    void session.open(null);
    return problems;
  }
  const now = linkedOf(session.get(), linked.source.kind === 'missing');
  const isShown =
    JSON.stringify(linkFormat.write(now).head) === JSON.stringify(linkFormat.write(linked).head);
  if (isShown && sameText(now, linked)) return problems;
  if (linked.source.kind === 'missing') {
    problems.push(
      `This link was made with ${linked.source.name}, which is not in it: give the same to see the same figures.`,
    );
  }
  void session.open(linked.id, linked);
  return problems;
}

function sameText(a: LinkedExperiment, b: LinkedExperiment): boolean {
  const [one, other] = [a.source, b.source];
  return one.kind !== 'text' || other.kind !== 'text' || one.text === other.text;
}

/** What travels in a link and what does not, in sentences. */
export function describeLink(session: PapersSession, short: boolean): readonly string[] {
  const { id, source, loaded } = session.get();
  if (id === null) return ['The list of papers.'];
  const what = `The experiment “${loaded?.paper.title ?? id}” and its settings: the same link gives the same figures.`;
  if (source.kind !== 'text') return [what];
  const size = formatBytes(new Blob([source.text]).size);
  return [what, short ? `Not the text (${size}): it is too long for a link.` : `The text (${size}).`];
}

/** Reports changes that `writeLink` would show. @returns the way to stop */
export function onLinkChange(session: PapersSession, listener: (change: LabChange) => void): () => void {
  return session.store.subscribe((now, before) => {
    if (now.id !== before.id) return listener('step');
    if (now.source !== before.source) {
      const isTyping = now.source.kind === 'text' && before.source.kind === 'text';
      return listener(isTyping ? 'edit' : 'step');
    }
    // Once its code is there, a link's fields are checked.
    if (now.loaded !== before.loaded) return listener('correction');
    if (now.fields !== before.fields) listener('edit');
  });
}
