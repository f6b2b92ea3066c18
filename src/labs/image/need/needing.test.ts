import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { opened } from '../testing/opened';
import { needingOf } from './needing';
import { setOfFiles } from './picture-sets';

beforeEach(() => void vi.stubGlobal('matchMedia', () => ({ matches: true })));
afterEach(() => void vi.unstubAllGlobals());

const files = (...names: string[]) =>
  names.map((name) => Object.assign(new File([name], name), { webkitRelativePath: '' }));

it('keeps a stopped run when another set is measured, and goes back to it', async () => {
  const { lab, engine } = await opened();
  const needing = needingOf(lab);
  const release = engine.hold('encode karhunen-128');
  const first = needing.measure(setOfFiles(files('a', 'b', 'c'), lab), ['karhunen-128']);
  await vi.waitFor(() => expect(needing.store.getState().run?.phase).toBe('running'), { timeout: 50_000 });
  needing.cancel();
  await first;
  release();
  const stopped = needing.store.getState().run;
  expect(stopped).toMatchObject({ phase: 'stopped', files: 3 });

  await needing.measure(setOfFiles(files('d', 'e'), lab), ['karhunen-128']);
  expect(needing.store.getState().run).toMatchObject({ phase: 'done', files: 2 });
  expect(needing.store.getState().before).toBe(stopped);
  needing.goBack();
  expect(needing.store.getState()).toMatchObject({ run: stopped, before: null });
  await needing.resume();
  expect(needing.store.getState().run).toMatchObject({ phase: 'done', pictures: { length: 3 } });
});

it('goes on at once after a cancel, before what was cancelled has ended', async () => {
  const { lab, engine } = await opened();
  const needing = needingOf(lab);
  const release = engine.hold('encode karhunen-128');
  const first = needing.measure(setOfFiles(files('a', 'b', 'c'), lab), ['karhunen-128']);
  await vi.waitFor(() => expect(needing.store.getState().run?.phase).toBe('running'), { timeout: 50_000 });
  const phases: (string | undefined)[] = [];
  needing.cancel();
  needing.store.subscribe(({ run }) => phases.push(run?.phase));
  const second = needing.resume();
  release();
  await Promise.all([first, second]);
  expect(phases).not.toContain('stopped');
  expect(needing.store.getState().run).toMatchObject({ phase: 'done', pictures: { length: 3 } });
});
