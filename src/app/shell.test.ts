import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStore } from 'zustand';
import { encodeLink } from '../core/link/envelope';
import { writeExperimentFile } from '../core/link/experiment-file';
import type { VersionedPart } from '../core/link/link-part';
import type { LabChange, LabEntry, LabHost, LabInstance } from '../labs/lab';
import type { AddressBar } from './address-bar';
import { openFile } from './lesson/open';
import { LessonSession } from './lesson/session';
import { Shell } from './shell';

/** A history as a browser keeps it. */
class FakeHistory implements AddressBar {
  entries = [''];
  rooms: string[] = [''];
  room = '';
  at = 0;
  #listeners: (() => void)[] = [];
  hash = () => this.entries[this.at]!;
  push = (hash: string) => {
    this.entries.splice(++this.at, this.entries.length, hash);
    this.rooms.splice(this.at, this.rooms.length, this.room);
  };
  replace = (hash: string) => {
    this.entries[this.at] = hash;
    this.rooms[this.at] = this.room;
  };
  onChange = (listener: () => void) => {
    this.#listeners.push(listener);
  };
  /** Back (-1), Forward (1), or a hash typed by hand. */
  go(where: number | string): void {
    if (typeof where === 'string') {
      this.room = '';
      this.push(where);
    } else this.at += where;
    this.room = this.rooms[this.at]!;
    for (const listener of this.#listeners) listener();
  }
}

/** A lab whose experiment is a text, and a number that is edited. */
class FakeLab implements LabInstance {
  readonly render = () => null;
  text = 'sample';
  k = 1;
  opened: VersionedPart[] = [];
  #tell: (change: LabChange) => void = () => {};
  write = (short?: boolean) => ({
    head: { x: short ? '' : this.text, k: this.k },
    blob: new Uint8Array(0),
  });
  open(part: VersionedPart): string[] {
    this.opened.push(part);
    if (part.head['x'] === 'throw') throw new RangeError('unforeseen');
    this.text = String(part.head['x'] ?? '');
    this.k = Number(part.head['k'] ?? 1);
    this.#tell('step'); // a change by a link must not be a step
    return part.head['x'] === 'odd' ? ['It is odd.'] : [];
  }
  onChange = (listener: (change: LabChange) => void) => {
    this.#tell = listener;
    return () => {};
  };
  describe = (short: boolean) => [short ? 'short' : 'whole'];
  dispose = () => {};
  set(change: LabChange, state: { text?: string; k?: number }): void {
    Object.assign(this, state);
    this.#tell(change);
  }
}

const settle = () => vi.advanceTimersByTimeAsync(300);
const link = (lab: string, x: string, k = 1) => encodeLink(lab, { head: { x, k }, blob: new Uint8Array(0) })!;

function start(hash = '') {
  const made: Record<string, FakeLab> = {};
  const entry = (id: string): LabEntry => ({
    id,
    label: id,
    title: `${id} lab`,
    load: async () => {
      await Promise.resolve();
      return { create: () => (made[id] = new FakeLab()) };
    },
  });
  const address = new FakeHistory();
  address.entries = [hash];
  const host: LabHost = {
    settings: createStore(() => ({}) as never),
    openLink: () => {},
    openFile: () => {},
  };
  const labs = ['image', 'text', 'about'].map(entry);
  const openers = {
    file: async (file: Blob) => openFile(shell, file),
    lesson: async () => {},
  };
  const shell: Shell = new Shell({ labs, host, address, openers });
  return { shell, address, made, labs, state: () => shell.store.getState() };
}

// Unpacking a link takes real time.
beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => vi.useRealTimers());

describe('opening', () => {
  it('an empty address shows the first lab and becomes its link; nothing else is loaded', async () => {
    const { shell, address, made } = start();
    await shell.start();
    expect(address.entries).toEqual([link('image', 'sample')]);
    expect(Object.keys(made)).toEqual(['image']);
  });

  it('a short name opens its lab', async () => {
    const { shell, address, state } = start('#text');
    await shell.start();
    expect(state().lab.id).toBe('text');
    expect(address.entries).toEqual([link('text', 'sample')]);
  });

  it('a link opens in its lab, and says what it could not open', async () => {
    const { shell, made, state } = start(link('text', 'odd', 4));
    await shell.start();
    expect(made['text']).toMatchObject({ text: 'odd', k: 4 });
    expect(made['text']!.opened[0]!.version).toBe(2);
    expect(state().linkProblems).toEqual(['It is odd.']);
  });

  it('a broken link says so, and stays in the address bar until the visitor does something', async () => {
    const { shell, address, made, state } = start('#2.broken');
    await shell.start();
    expect(state()).toMatchObject({
      lab: { id: 'image' },
      linkFailure: { hint: expect.stringMatching(/link/) },
    });
    made['image']!.set('correction', { k: 2 });
    await settle();
    expect(address.entries).toEqual(['#2.broken']);
    made['image']!.set('step', { text: 'mine' });
    expect(address.entries).toEqual([link('image', 'mine', 2)]);
  });

  it('a link to a lab that is not here is named', async () => {
    const { shell, state } = start(link('papers', 'x'));
    await shell.start();
    expect(state().linkFailure?.message).toContain('“papers”');
    expect(state().instance).not.toBeNull();
  });

  it('a lab that throws on a link leaves a page that works', async () => {
    const { shell, state } = start(link('text', 'throw'));
    await shell.start();
    expect(state().linkFailure?.message).toBe('This link could not be read.');
    expect(state().instance).not.toBeNull();
  });

  it('a chunk that cannot be loaded can be tried again', async () => {
    const { shell, labs, state } = start('#text');
    const load = vi.spyOn(labs[1]!, 'load').mockRejectedValueOnce(new TypeError('offline'));
    const error = vi.spyOn(console, 'error').mockImplementation(() => {});
    await shell.start();
    expect(state().labFailure?.message).toBe('The text lab could not be loaded.');
    shell.retryLab();
    await settle();
    expect(state()).toMatchObject({ labFailure: null, instance: expect.anything() });
    expect(load).toHaveBeenCalledTimes(2);
    error.mockRestore();
  });

  it('the lab that was asked for last is shown, whichever chunk comes first', async () => {
    const { shell, state } = start();
    void shell.start();
    void shell.openLab('text');
    await shell.openLab('about');
    await settle();
    expect(state()).toMatchObject({ lab: { id: 'about' }, instance: expect.anything() });
  });
});

describe('the history', () => {
  it('has one entry for every step; edits replace it after a pause', async () => {
    const { shell, address, made } = start();
    await shell.start();
    const lab = made['image']!;
    lab.set('edit', { k: 2 });
    lab.set('edit', { k: 3 });
    expect(address.entries).toEqual([link('image', 'sample')]);
    await settle();
    expect(address.entries).toEqual([link('image', 'sample', 3)]);
    lab.set('step', { text: 'next' });
    expect(address.entries).toEqual([link('image', 'sample', 3), link('image', 'next', 3)]);
  });

  it('keeps an edit that a step overtakes', async () => {
    const { shell, address, made } = start();
    await shell.start();
    made['image']!.set('edit', { k: 9 });
    made['image']!.set('step', { text: 'next' });
    expect(address.entries).toEqual([link('image', 'sample', 9), link('image', 'next', 9)]);
  });

  it('corrects the present entry', async () => {
    const { shell, address, made } = start();
    await shell.start();
    made['image']!.set('correction', { text: 'as before' });
    expect(address.entries).toEqual([link('image', 'as before')]);
  });

  it('is walked by Back and Forward, which add nothing to it', async () => {
    const { shell, address, made } = start();
    await shell.start();
    for (const text of ['a', 'b', 'c']) made['image']!.set('step', { text });
    const before = [...address.entries];
    for (const [by, text] of [
      [-1, 'b'],
      [-1, 'a'],
      [-1, 'sample'],
      [3, 'c'],
    ] as const) {
      address.go(by);
      await vi.waitFor(() => expect(made['image']!.text).toBe(text));
    }
    expect(address.entries).toEqual(before);
  });

  it('is not written into by an edit that was on its way when Back was pressed', async () => {
    const { shell, address, made } = start();
    await shell.start();
    made['image']!.set('step', { text: 'a' });
    made['image']!.set('edit', { k: 7 });
    address.go(-1);
    await settle();
    await vi.waitFor(() => expect(made['image']!.text).toBe('sample'));
    expect(address.entries[0]).toBe(link('image', 'sample'));
  });

  it('does not write over a link that was just typed into it', async () => {
    const { shell, address, made } = start();
    await shell.start();
    made['image']!.set('edit', { k: 7 });
    // The browser tells of it a moment later.
    address.push('#7.typed');
    await settle();
    expect(address.hash()).toBe('#7.typed');
  });

  it('has an entry for a change of labs, which are as they were left', async () => {
    const { shell, address, made } = start();
    await shell.start();
    made['image']!.set('edit', { k: 5 });
    await shell.openLab('text');
    expect(address.entries).toEqual([link('image', 'sample', 5), link('text', 'sample')]);
    made['image']!.set('step', { text: 'behind the scenes' });
    expect(address.entries).toHaveLength(2);
    await shell.openLab('image');
    expect(address.entries.at(-1)).toBe(link('image', 'behind the scenes', 5));
  });

  it('of two labs holds nothing of the other one', async () => {
    const { shell, address } = start();
    await shell.start();
    await shell.openLab('about');
    expect(address.entries).toHaveLength(2);
    expect(address.entries.join()).not.toContain('text');
  });
});

describe('experiments that are shared', () => {
  it('a link that was dropped is a step', async () => {
    const { shell, address, made } = start();
    await shell.start();
    shell.openLink(link('image', 'theirs'));
    await vi.waitFor(() => expect(made['image']!.text).toBe('theirs'));
    expect(address.entries).toEqual([link('image', 'sample'), link('image', 'theirs')]);
  });

  it('a file opens in its lab; a damaged one leaves everything as it is', async () => {
    vi.useRealTimers();
    const { shell, address, made, state } = start();
    await shell.start();
    const file = await writeExperimentFile('text', { head: { x: 'filed' }, blob: new Uint8Array(0) });
    await shell.openFile(file);
    expect(made['text']!.text).toBe('filed');
    expect(address.entries).toHaveLength(2);
    await shell.openFile(file.slice(0, -3));
    expect(state().linkFailure?.message).toContain('damaged');
    expect(state().lab.id).toBe('text');
    expect(address.entries).toHaveLength(2);
  });

  it('what no link can hold is left out of it, and said', async () => {
    const { shell, address, made } = start();
    await shell.start();
    const long = Array.from({ length: 80_000 }, () => String.fromCharCode(48 + Math.random() * 74)).join('');
    made['image']!.set('step', { text: long });
    expect(address.entries.at(-1)).toBe(link('image', ''));
    expect(shell.link()).toMatchObject({ isWhole: false, contents: ['short'] });
    made['image']!.set('step', { text: 'short' });
    expect(shell.link()).toMatchObject({ isWhole: true, url: link('image', 'short'), contents: ['whole'] });
  });
});

describe('the tabs of a lesson', () => {
  beforeEach(() => vi.stubGlobal('window', new EventTarget()));
  afterEach(() => vi.unstubAllGlobals());

  const step = (text: string, lab = 'text') => ({ title: text, sentence: '', link: link(lab, text) });

  async function startLesson() {
    const page = start();
    await page.shell.start();
    const session = new LessonSession(page.shell, () => null, {
      title: 'Lesson',
      steps: [step('one'), step('two'), step('three', 'image')],
    });
    await session.begin(true);
    const rooms = session.store.getState().tabs.map(({ room }) => room);
    const shown = () => (page.state().instance as FakeLab).text;
    return { ...page, session, rooms, shown };
  }

  it('keep what was changed in them, and leave the visitor’s own labs alone', async () => {
    const { shell, session, rooms, shown, state } = await startLesson();
    expect([shown(), state().room, state().lab.id]).toEqual(['one', rooms[0], 'text']);
    (state().instance as FakeLab).set('step', { text: 'changed' });
    await session.open(rooms[1]!);
    expect(shown()).toBe('two');
    await session.open(rooms[0]!);
    expect(shown()).toBe('changed');
    await shell.openLab('text');
    expect([shown(), state().room]).toEqual(['sample', '']);
    await session.open(rooms[2]!);
    expect([shown(), state().lab.id]).toEqual(['three', 'image']);
  });

  it('are walked by Back and Forward', async () => {
    const { address, session, rooms, shown, state } = await startLesson();
    await session.open(rooms[1]!);
    (state().instance as FakeLab).set('step', { text: 'two, changed' });
    await session.open(rooms[0]!);
    address.go(-1);
    await vi.waitFor(() => expect([shown(), state().room]).toEqual(['two, changed', rooms[1]]));
    address.go(-1);
    await vi.waitFor(() => expect([shown(), state().room]).toEqual(['two', rooms[1]]));
    address.go(-1);
    await vi.waitFor(() => expect([shown(), state().room]).toEqual(['one', rooms[0]]));
    address.go(-1);
    await vi.waitFor(() => expect([shown(), state().room]).toEqual(['sample', '']));
  });

  it('are gone once the lesson is closed; Back then opens their links in the visitor’s own labs', async () => {
    const { address, session, shown, state, rooms, shell } = await startLesson();
    await session.close();
    expect([shown(), state().room, state().lesson]).toEqual(['sample', '', null]);
    expect(shell.instance('text', rooms[0]!)).toBeUndefined();
    address.go(-1);
    await vi.waitFor(() => expect([shown(), state().room]).toEqual(['one', '']));
  });

  it('can be added, moved and removed', async () => {
    const { session, rooms, shown, state } = await startLesson();
    const titles = () => session.lesson().steps.map(({ title }) => title);
    await session.add(step('between'));
    expect([titles(), shown()]).toEqual([['one', 'between', 'two', 'three'], 'between']);
    session.move(state().room, 1);
    expect(titles()).toEqual(['one', 'two', 'between', 'three']);
    await session.remove(state().room);
    expect([titles(), shown()]).toEqual([['one', 'two', 'three'], 'three']);
    expect(session.beside(1)).toBeUndefined();
    expect(session.beside(-1)!.room).toBe(rooms[1]);
  });

  it('another lesson takes their place', async () => {
    const { shell, session, state, rooms } = await startLesson();
    const next = new LessonSession(shell, () => null, { title: 'Next', steps: [step('four')] });
    await next.begin(true);
    expect(state().lesson).toBe(next);
    expect(state().lesson?.has(rooms[0]!)).toBe(false);
    expect(session.find(rooms[0]!)).toBeDefined();
    expect(shell.instance('text', rooms[0]!)).toBeUndefined();
  });
});
