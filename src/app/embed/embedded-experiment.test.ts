import { describe, expect, it, vi } from 'vitest';
import { createStore } from 'zustand';
import { encodeLink } from '../../core/link/envelope';
import type { LinkPart, VersionedPart } from '../../core/link/link-part';
import type { LabChange, LabEntry, LabHost, LabInstance } from '../../labs/lab';
import { EmbeddedExperiment } from './embedded-experiment';

const host: LabHost = {
  settings: createStore(() => ({ theme: 'system', backend: 'auto', hub: '', report: null })),
  alone: true,
  openLink: () => {},
  openFile: () => {},
};

const partOf = (k: number): LinkPart => ({ head: { k }, blob: new Uint8Array() });

/** A lab that shows one number. */
function toyLab() {
  const listeners = new Set<(change: LabChange) => void>();
  const opened: VersionedPart[] = [];
  const disposed = vi.fn();
  let k = 1;
  const instance: LabInstance = {
    render: () => null,
    write: () => partOf(k),
    open(part) {
      opened.push(part);
      return part.head['k'] === 13 ? ['13 is not known here.'] : [];
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    describe: () => [],
    dispose: disposed,
  };
  const move = (to: number) => {
    k = to;
    for (const listener of listeners) listener('edit');
  };
  const load = vi.fn(async () => ({ create: () => instance }));
  const toy: LabEntry = { id: 'toy', label: 'Toy', title: 'Toy lab', embedHeight: 300, load };
  const notes: LabEntry = { id: 'notes', label: 'Notes', title: 'Notes', load };
  const experiment = new EmbeddedExperiment([toy, notes], host);
  return { experiment, opened, disposed, load, move, instance, state: () => experiment.store.getState() };
}

describe('an experiment in a frame', () => {
  it('is what the link says, and its own link follows what is done with it', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { experiment, opened, move, instance, state } = toyLab();
    const hash = encodeLink('toy', partOf(7))!;
    await experiment.open(hash);
    expect(state()).toMatchObject({ instance, failure: null, problems: [], hash });
    expect(opened).toMatchObject([{ head: { k: 7 } }]);
    move(8);
    expect(state().hash).toBe(hash);
    vi.runAllTimers();
    expect(state().hash).toBe(encodeLink('toy', partOf(8)));
    vi.useRealTimers();
  });

  it('opens a lab that is only named, and says what it leaves out', async () => {
    const { experiment, opened, state, instance } = toyLab();
    await experiment.open('#toy');
    expect(state()).toMatchObject({ instance, hash: '#toy' });
    expect(opened).toEqual([]);
    await experiment.open(encodeLink('toy', partOf(13))!);
    expect(state().problems).toEqual(['13 is not known here.']);
  });

  it.each([
    ['', 'There is no experiment in the address of this frame.'],
    ['#', 'There is no experiment in the address of this frame.'],
    ['#2.abcd', 'This link is damaged: a part of it is missing or was changed on the way.'],
    ['#notes', 'The notes cannot be shown in a frame.'],
    [encodeLink('cello', partOf(1))!, 'This version has no lab “cello”.'],
  ])('says why there is nothing to show: %j', async (hash, message) => {
    const { experiment, state, load } = toyLab();
    await experiment.open(hash);
    expect(state()).toMatchObject({ instance: null, failure: { message } });
    expect(state().failure?.hint).not.toBe('');
    expect(load).not.toHaveBeenCalled();
  });

  it('says so where the lab cannot be loaded', async () => {
    const { experiment, state, load } = toyLab();
    load.mockRejectedValueOnce(new TypeError('no network'));
    await experiment.open('#toy');
    expect(state().failure?.message).toBe('The toy lab could not be loaded.');
  });

  it('shows the last of two links, and ends what it showed before', async () => {
    const { experiment, opened, disposed } = toyLab();
    const first = experiment.open(encodeLink('toy', partOf(1))!);
    await experiment.open(encodeLink('toy', partOf(2))!);
    await first;
    expect(opened.map(({ head }) => head['k'])).toEqual([2]);
    expect(disposed).not.toHaveBeenCalled();
    await experiment.open('');
    expect(disposed).toHaveBeenCalledOnce();
  });
});
