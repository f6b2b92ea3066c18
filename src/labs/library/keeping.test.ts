import { describe, expect, it, vi } from 'vitest';
import { TokenoscopeError } from '../../core/errors';
import type { OfflinePart } from '../../engine/storage/offline-parts';
import { Keeping, type OfflineStorage } from './keeping';

const PARTS: OfflinePart[] = [
  {
    id: 'app',
    label: 'Page',
    store: 'pages',
    files: [
      ['./', 10],
      ['assets/a.js', 30],
    ],
  },
  { id: 'webgpu', label: 'WebGPU', store: 'pages', needs: 'webgpu', files: [['assets/gpu.wasm', 500]] },
  { id: 'model', label: 'Model', store: 'models', files: [['models/m/w.bin', 60, 'ab']] },
];

/** A browser with some room, which keeps what it is asked to. */
function start({ room = 1000, hasWebGpu = false, here = [] as string[] } = {}) {
  const kept = new Set(here);
  const storage = {
    parts: async () => PARTS,
    kept: async () => kept,
    keep: vi.fn<OfflineStorage['keep']>(async (_part, [path, bytes], _signal, onBytes) => {
      onBytes(bytes / 2);
      kept.add(path);
    }),
    remove: vi.fn<OfflineStorage['remove']>(async (files) => {
      for (const [path] of files) kept.delete(path);
    }),
    room: async (): Promise<number | null> => room,
    persist: async () => true,
    hasWebGpu: async () => hasWebGpu,
  };
  const keeping = new Keeping(storage);
  const state = () => keeping.store.getState();
  const shown = () => state().parts?.map(({ part, kept: bytes }) => `${part.id} ${bytes}`);
  const asked = () => storage.keep.mock.calls.map(([, [path]]) => path);
  return { keeping, storage, state, shown, asked };
}

describe('keeping everything', () => {
  it('shows parts with what is here, and WebGPU only where there is some', async () => {
    const { keeping, shown } = start({ here: ['./'] });
    await keeping.refresh();
    expect(shown()).toEqual(['app 10', 'model 0']);
    const other = start({ hasWebGpu: true });
    await other.keeping.refresh();
    expect(other.shown()).toEqual(['app 0', 'webgpu 0', 'model 0']);
  });

  it('loads what is not here, and that only', async () => {
    const { keeping, state, shown, asked } = start({ here: ['./'] });
    await keeping.refresh();
    await keeping.start();
    expect(asked()).toEqual(['assets/a.js', 'models/m/w.bin']);
    expect(shown()).toEqual(['app 40', 'model 60']);
    expect(state()).toMatchObject({ isRunning: false, underway: 0, problem: null, isSafe: true });
  });

  it('leaves out what the visitor does not want, also after it is read again', async () => {
    const { keeping, asked } = start();
    await keeping.refresh();
    keeping.want('model', false);
    await keeping.refresh();
    await keeping.start();
    expect(asked()).toEqual(['./', 'assets/a.js']);
  });

  it('says when there is not enough room, and loads nothing', async () => {
    const { keeping, state, asked } = start({ room: 99 });
    await keeping.refresh();
    await keeping.start();
    expect(state().problem?.message).toBe('This needs 100 B more; this browser offers 99 B here.');
    expect(asked()).toEqual([]);
    keeping.want('model', false);
    await keeping.start();
    expect(state().problem).toBeNull();
    expect(asked()).toHaveLength(2);
  });

  it('goes on where the browser does not tell how much room there is', async () => {
    const { keeping, storage, state, asked } = start();
    storage.room = () => Promise.reject(new Error('refused'));
    await keeping.refresh();
    await keeping.start();
    expect(asked()).toHaveLength(3);
    expect(state().problem).toBeNull();
  });

  it('does not wait for the visitor to say whether the browser may delete it', async () => {
    const { keeping, storage, state, asked } = start();
    storage.persist = () => new Promise(() => {});
    await keeping.refresh();
    await keeping.start();
    expect(asked()).toHaveLength(3);
    expect(state()).toMatchObject({ isRunning: false, isSafe: null });
  });

  it('stops, and goes on from there', async () => {
    const { keeping, storage, state, shown, asked } = start();
    const keep = storage.keep.getMockImplementation()!;
    storage.keep.mockImplementation((part, file, signal, onBytes) => {
      if (part.id === 'app') return keep(part, file, signal, onBytes);
      onBytes(20);
      return new Promise((_, refuse) =>
        signal.addEventListener('abort', () => refuse(new TokenoscopeError('aborted', ''))),
      );
    });
    await keeping.refresh();
    const run = keeping.start();
    await vi.waitFor(() => expect(shown()).toEqual(['app 40', 'model 0']));
    expect(state()).toMatchObject({ isRunning: true, underway: 20 });
    await keeping.start(); // it runs already
    keeping.stop();
    await run;
    expect(state()).toMatchObject({ isRunning: false, underway: 0, problem: null });
    storage.keep.mockReset();
    storage.keep.mockImplementation(keep);
    await keeping.start();
    expect(asked()).toEqual(['models/m/w.bin']);
  });

  it('says what failed, and keeps what is here', async () => {
    const { keeping, storage, state, shown } = start();
    storage.keep.mockRejectedValue(
      new TokenoscopeError('storage-full', 'No room left.', 'Delete something.'),
    );
    await keeping.refresh();
    await keeping.start();
    expect(state().problem).toEqual({ message: 'No room left.', hint: 'Delete something.' });
    expect(shown()).toEqual(['app 0', 'model 0']);
  });

  it('deletes what is here of a model, but for what another one has in common with it', async () => {
    const other: OfflinePart = {
      id: 'other',
      label: 'Other',
      store: 'models',
      files: [
        ['models/o/w.bin', 60, 'ab'],
        ['models/o/g.onnx', 5, 'cd'],
      ],
    };
    const here = ['./', 'models/m/w.bin', 'models/o/w.bin', 'models/o/g.onnx'];
    const { keeping, storage, state, shown } = start({ here });
    storage.parts = async () => [...PARTS, other];
    await keeping.refresh();
    await keeping.remove('other');
    expect(storage.remove).toHaveBeenLastCalledWith([['models/o/g.onnx', 5, 'cd']]);
    // What is left of it is the other model's.
    expect(state().parts!.find(({ part }) => part.id === 'other')!.isWanted).toBe(false);
    await keeping.remove('app');
    expect(storage.remove).toHaveBeenCalledTimes(1);
    expect(shown()).toContain('app 10');
  });
});
