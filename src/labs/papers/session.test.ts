import { beforeEach, expect, it, vi } from 'vitest';
import { OpenModels } from '../../engine/lm/open-models';
import { runHandlers } from '../../experiments/run.service';
import { openLink, writeLink } from './link';
import { PapersSession } from './session';

/** A session over the real experiments, in this thread. */
function session() {
  const none = () => {
    throw new Error('This test needs no vocabulary and no model.');
  };
  const { run } = runHandlers(async () => none(), new OpenModels({ start: none, fetch: none }));
  let runs = 0;
  const lab = new PapersSession({
    run: (id, state, input, { signal, onProgress } = {}) => {
      runs += 1;
      return run(
        { id, state, input, lmUrl: 'http://localhost/lm/' },
        {
          signal: signal ?? new AbortController().signal,
          progress: (value) => onProgress?.(value),
          transfer: () => {},
        },
      );
    },
    dispose: () => {},
  });
  const settled = () =>
    vi.waitFor(() => expect(lab.get()).toMatchObject({ job: null, outcome: { isWhole: true } }));
  return { lab, settled, runs: () => runs };
}

let made: ReturnType<typeof session>;
beforeEach(() => {
  made = session();
});

it('opens an experiment, runs it on its sample, and on what is typed', async () => {
  const { lab, settled } = made;
  await lab.open('bytes-per-character');
  await settled();
  expect(lab.get()).toMatchObject({ fields: { form: 'none' }, problem: null });
  lab.takeText('aé東😀');
  await vi.waitFor(() => expect(lab.get().outcome?.result).toEqual({ counts: [1, 1, 1, 1] }));
  lab.change({ form: 'NFD' });
  await vi.waitFor(() => expect(lab.get().outcome?.result).toEqual({ counts: [2, 1, 1, 1] }));
});

it('writes links that open to the same, and nothing that is at its default', async () => {
  const { lab, settled } = made;
  await lab.open('bytes-per-character');
  await settled();
  expect(writeLink(lab)).toEqual({ head: { e: 'bytes-per-character' }, blob: new Uint8Array(0) });
  lab.takeText('é');
  lab.change({ form: 'NFD' });
  const part = writeLink(lab);
  expect(part.head).toEqual({ e: 'bytes-per-character', s: { form: 'NFD' }, t: 1 });
  const other = session();
  expect(openLink(other.lab, { ...part, version: 2 })).toEqual([]);
  await other.settled();
  expect(writeLink(other.lab)).toEqual(part);
  // What is shown already is left alone.
  const before = other.lab.get();
  expect(openLink(other.lab, { ...part, version: 2 })).toEqual([]);
  expect(other.lab.get()).toBe(before);
  // A text that did not travel is asked for.
  const short = writeLink(lab, true);
  expect(short.head).toMatchObject({ o: 'a text' });
  expect(openLink(session().lab, { ...short, version: 2 })[0]).toContain('which is not in it');
});

it('says what is wrong with a link, and opens the rest', async () => {
  const { lab, settled } = made;
  const blob = new Uint8Array(0);
  expect(openLink(lab, { version: 2, head: { e: 'nothing' }, blob })).toEqual([
    'There is no experiment “nothing” here. All of them are listed below.',
  ]);
  expect(lab.get().id).toBeNull();
  openLink(lab, { version: 2, head: { e: 'bytes-per-character', s: { form: 'NFX' } }, blob });
  await settled();
  expect(lab.get().problem).toBeNull();
  expect(lab.get().notice).toContain('form is not usable');
  expect(lab.get().fields).toEqual({ form: 'none' });
});

it('gives up a run, and leaves an experiment as it was', async () => {
  const { lab, settled, runs } = made;
  await lab.open('bytes-per-character');
  await settled();
  lab.change({ form: 'NFC' });
  lab.cancel();
  expect(lab.get()).toMatchObject({ isHeld: true, job: null });
  const before = runs();
  await lab.open(null);
  expect(lab.get()).toMatchObject({ id: null, loaded: null });
  await lab.open('bytes-per-character');
  await settled();
  expect(lab.get().fields).toEqual({ form: 'NFC' });
  expect(runs()).toBe(before + 1);
});

it('refuses a text that is too large, and a file that is none', async () => {
  const { lab, settled } = made;
  await lab.open('bytes-per-character');
  await settled();
  const { source } = lab.get();
  lab.takeText('x'.repeat(1_000_001));
  expect(lab.get().problem?.message).toBe('This text is 1.00 MB; this experiment takes up to 1.00 MB.');
  await lab.take([new File([Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10)], 'a.png')]);
  expect(lab.get().problem?.message).toBe('a.png is a picture, not a text.');
  expect(lab.get().source).toBe(source);
  await lab.take([new File(['ab'], 'b.txt')]);
  await vi.waitFor(() => expect(lab.get().outcome?.result).toEqual({ counts: [2, 0, 0, 0] }));
});
