import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { changedAt, withId } from '../../../core/image/token-edits';
import { tinyLab } from '../testing/tiny-lab';
import { TokenEditor } from './editor';

beforeEach(() => void vi.stubGlobal('matchMedia', () => ({ matches: true })));
afterEach(() => void vi.unstubAllGlobals());

async function opened(model?: string) {
  const tiny = tinyLab();
  tiny.session.activate();
  await tiny.settled();
  if (model) {
    tiny.session.setModel(tiny.lead(), model);
    await tiny.settled();
  }
  const editor = new TokenEditor(tiny.lab);
  return { ...tiny, editor, own: editor.ids! };
}

describe('the editor', () => {
  it('undoes and redoes every step, and a new one ends what could be redone', async () => {
    const { editor, own } = await opened();
    const [first, second] = [withId(own, 0, 1), withId(own, 1, 2)];
    editor.edit(first);
    editor.edit(second);
    expect(editor.ids).toBe(second);
    editor.undo();
    expect(editor.ids).toBe(first);
    editor.undo();
    expect(editor.ids).toBe(own);
    editor.undo();
    expect(editor.ids).toBe(own);
    editor.redo();
    editor.redo();
    editor.redo();
    expect(editor.ids).toBe(second);
    editor.undo();
    editor.edit(withId(own, 5, 9));
    editor.redo();
    expect([...editor.ids!]).toEqual([...withId(own, 5, 9)]);
  });

  it('goes back to the picture’s own tokens in one step, which can be undone', async () => {
    const { editor, own, lead } = await opened();
    editor.edit(withId(own, 0, 1));
    editor.edit(withId(editor.ids!, 1, 1));
    editor.reset();
    expect(editor.ids).toBe(own);
    expect(lead().opened.get()!.own).toBeUndefined();
    editor.undo();
    expect(changedAt(editor.ids!, own)).toEqual([0, 1]);
  });

  it('has nothing to undo with another picture', async () => {
    const { editor, own, session, settled } = await opened();
    editor.edit(withId(own, 0, 1));
    session.openSample('cat');
    await settled();
    const there = editor.ids;
    editor.undo();
    expect(editor.ids).toBe(there);
  });

  it('encodes another picture by the same model', async () => {
    const { editor, own } = await opened();
    await editor.openOther('Mine', async () => new Blob(['another']));
    const { other } = editor.store.getState();
    expect(other).toMatchObject({ label: 'Mine', model: 'karhunen-128' });
    expect(other!.ids).toHaveLength(own.length);
    expect(other!.ids).not.toEqual(own);
  });

  it('says why a picture could not be encoded, and nothing of one that was given up', async () => {
    const { editor } = await opened();
    await editor.openOther('Mine', async () => Promise.reject(new Error('The file is gone.')));
    expect(editor.store.getState()).toMatchObject({ job: null, problem: { message: 'The file is gone.' } });
    const stopped = editor.openOther('Mine', async (signal) => {
      editor.cancel();
      signal.throwIfAborted();
      return new Blob();
    });
    await stopped;
    expect(editor.store.getState()).toMatchObject({ job: null, problem: null });
  });

  it('moves exactly a share of the tokens to near codes, the same for the same seed', async () => {
    const { editor, own } = await opened('glyphs');
    await editor.loadCodes();
    expect(editor.store.getState().codes).toMatchObject({ model: 'glyphs' });
    await editor.perturb(0.25, 7);
    const once = editor.ids!;
    expect(changedAt(once, own)).toHaveLength(Math.round(own.length / 4));
    // A near code of glyphs differs in one bit.
    for (const at of changedAt(once, own)) expect(Math.log2(once[at]! ^ own[at]!) % 1).toBe(0);
    editor.undo();
    await editor.perturb(0.25, 7);
    expect([...editor.ids!]).toEqual([...once]);
  });

  it('leads every code to that of another picture, part of the way or all of it', async () => {
    const { editor, own } = await opened('fixed-32');
    await editor.loadCodes();
    await editor.openOther('Mine', async () => new Blob(['another']));
    const { other } = editor.store.getState();
    await editor.interpolate(0);
    expect([...editor.ids!]).toEqual([...own]);
    expect(editor.store.getState().unchanged).toMatch(/^No other code lies nearer/);
    await editor.interpolate(0.5);
    expect(editor.store.getState().unchanged).toBeNull();
    const half = editor.ids!;
    expect(changedAt(half, own).length).toBeGreaterThan(0);
    expect(changedAt(half, other!.ids).length).toBeGreaterThan(0);
    editor.undo();
    await editor.interpolate(1);
    expect([...editor.ids!]).toEqual([...other!.ids]);
  });
});
