import { describe, expect, it, vi } from 'vitest';
import { TokenoscopeError } from '../../core/errors';
import type { LibraryEntry } from '../../engine/storage/entries';
import { announceLibraryChange } from '../../engine/storage/library-changes';
import { KeptList } from './kept-list';

const entry = (id: string): LibraryEntry => ({
  kind: 'tokenizer',
  id,
  name: id,
  bytes: 10,
  added: 0,
  lastUsed: 0,
});

function start(...ids: string[]) {
  const kept = new Set(ids);
  const storage = {
    list: vi.fn(async () => [...kept].map(entry)),
    delete: vi.fn(async (_kind: string, id: string) => void kept.delete(id)),
    room: vi.fn(async (): Promise<number | null> => 1000),
  };
  const list = new KeptList(storage);
  const names = () => list.store.getState().entries?.map(({ name }) => name);
  return { list, storage, names, state: () => list.store.getState() };
}

describe('the list of what is kept', () => {
  it('is read when it comes on screen', async () => {
    const { list, names, state } = start('a', 'b');
    expect(names()).toBeUndefined();
    const stop = list.follow();
    await vi.waitFor(() => expect(names()).toEqual(['a', 'b']));
    expect(state().room).toBe(1000);
    stop();
  });

  it('is read again when something was added or deleted elsewhere', async () => {
    const { list, storage, names } = start('a', 'b');
    const stop = list.follow();
    await vi.waitFor(() => expect(names()).toEqual(['a', 'b']));
    await storage.delete('tokenizer', 'b');
    announceLibraryChange();
    await vi.waitFor(() => expect(names()).toEqual(['a']));
    stop();
  });

  it('asks before it deletes', async () => {
    const { list, storage, names, state } = start('a', 'b');
    await list.refresh();
    list.ask(entry('a'));
    expect(state().asking).toBe('tokenizer a');
    list.ask(null);
    expect(storage.delete).not.toHaveBeenCalled();
    list.ask(entry('a'));
    await list.delete(entry('a'));
    expect(names()).toEqual(['b']);
    expect(state().asking).toBeNull();
  });

  it('says why it cannot be read, and keeps what it shows', async () => {
    const { list, storage, names, state } = start('a');
    await list.refresh();
    storage.list.mockRejectedValueOnce(new TokenoscopeError('storage-refused', 'Refused.', 'Allow it.'));
    await list.refresh();
    expect(state().problem).toEqual({ message: 'Refused.', hint: 'Allow it.' });
    expect(names()).toEqual(['a']);
    storage.room.mockRejectedValueOnce(new Error('no'));
    await list.refresh();
    expect(state()).toMatchObject({ problem: null, room: null });
  });
});
