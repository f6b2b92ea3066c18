import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CheckpointPlan, StoredCheckpoint } from '../weights/plan';
import {
  beginCheckpoint,
  clearPieces,
  countPieces,
  findCheckpoint,
  finishCheckpoint,
  listCheckpoints,
  putPiece,
  putReference,
  readDigests,
  readPieces,
  readReference,
  removeCheckpoint,
} from './checkpoint-store';
import { closeDatabase, transact } from './database';
import { BLOCKED, explainStorage } from './errors';
import { deleteEntry, listLibrary, touch } from './library';
import {
  changeStored,
  keepStored,
  listStored,
  readStored,
  removeStored,
  type StoredTokenizer,
} from './tokenizer-store';
import { listUnfinished } from './unfinished';

// Other files of this thread run as in a Node without IndexedDB.
afterAll(async () => {
  await closeDatabase();
  vi.unstubAllGlobals();
  Reflect.deleteProperty(globalThis, 'indexedDB');
});

const tokenizer = (letter: string, name = 'mine.json'): StoredTokenizer => ({
  sha256: letter.repeat(64),
  name,
  kind: 'tokenizer.json',
  size: 3,
  vocabularySize: 7,
  notes: ['a note'],
  added: 1000,
});

const plan: CheckpointPlan = {
  key: 'hf:one/model@abc',
  id: 'hf:one/model@abc',
  name: 'model',
  origin: { kind: 'hub', hub: 'https://hub.example', repository: 'one/model', commit: 'abc' },
  format: 'safetensors',
  family: 'titok',
  image: { width: 64, height: 64 },
  tokens: { count: 32, bits: 8, codebookSize: 256, ordered: false },
  parameters: 10,
  multiplications: { encode: 1, decode: 2 },
  precision: 'full',
  bytes: 8,
  config: '{}',
  header: null,
  halfBytes: null,
  files: [
    {
      path: 'model.safetensors',
      bytes: 8,
      sha256: null,
      from: { url: 'https://hub.example/m', modified: null },
    },
  ],
};

const checkpoint: StoredCheckpoint = {
  ...(({ header: _header, halfBytes: _halfBytes, ...facts }) => facts)(plan),
  id: plan.key,
  files: [{ path: 'model.safetensors', bytes: 8, sha256: 'f'.repeat(64) }],
  added: 2000,
};

const file = (text: string) => [{ name: 'mine.json', content: new Blob([text]) }];
const textOf = (blobs: readonly Blob[]) => Promise.all(blobs.map((blob) => blob.text()));

beforeEach(async () => {
  await closeDatabase();
  vi.unstubAllGlobals();
  vi.unstubAllGlobals();
  vi.stubGlobal('indexedDB', new IDBFactory());
});

describe('tokenizers', () => {
  it('are kept with their files, renamed, and forgotten', async () => {
    await keepStored(tokenizer('a'), file('abc'));
    expect(await listStored()).toEqual([tokenizer('a')]);
    expect(await textOf((await readStored('a'.repeat(64)))!.map(({ content }) => content))).toEqual(['abc']);
    await changeStored(tokenizer('a', 'renamed'));
    expect((await listStored())[0]!.name).toBe('renamed');
    await removeStored('a'.repeat(64));
    expect(await listStored()).toEqual([]);
    expect(await readStored('a'.repeat(64))).toBeUndefined();
  });
});

describe('checkpoints', () => {
  it('come in pieces, and are whole at once', async () => {
    await beginCheckpoint(plan);
    await putPiece(plan.key, 'model.safetensors', 0, new Blob(['0123']));
    expect(await listCheckpoints()).toEqual([]);
    expect(await listUnfinished(4)).toEqual([{ plan: { ...plan, sampler: undefined }, stored: 4 }]);
    const digests = {
      source: { words: [1, 2, 3, 4, 5, 6, 7, 8], rest: new Uint8Array(3), length: 3 },
    };
    await putPiece(plan.key, 'model.safetensors', 1, new Blob(['4567']), digests);
    expect(await readDigests(plan.key, 'model.safetensors')).toEqual(digests);
    expect(await countPieces(plan.key, 'model.safetensors')).toBe(2);
    await finishCheckpoint(checkpoint);
    expect(await findCheckpoint(checkpoint.id)).toMatchObject(checkpoint);
    expect(await listUnfinished(4)).toEqual([]);
    expect(await textOf(await readPieces(plan.key, 'model.safetensors'))).toEqual(['0123', '4567']);
  });

  it('in the other precision replace what was there, with what it computed', async () => {
    await putPiece(plan.key, 'model.safetensors', 0, new Blob(['full']));
    await finishCheckpoint(checkpoint);
    await putReference(checkpoint.id, { ids: Uint32Array.of(1), rgb: Uint8Array.of(2) });
    expect(await readReference(checkpoint.id)).toEqual({ ids: Uint32Array.of(1), rgb: Uint8Array.of(2) });
    await finishCheckpoint({ ...checkpoint, key: `${plan.key} half`, precision: 'half' });
    expect(await countPieces(plan.key, 'model.safetensors')).toBe(0);
    expect(await readReference(checkpoint.id)).toBeUndefined();
  });

  it('are forgotten with all their bytes, and leave the others alone', async () => {
    const other = { ...checkpoint, id: 'hf:one/model@abcd', key: 'hf:one/model@abcd' };
    for (const one of [checkpoint, other]) {
      await putPiece(one.key, 'model.safetensors', 0, new Blob(['x']));
      await finishCheckpoint(one);
    }
    await removeCheckpoint(checkpoint.id);
    expect((await listCheckpoints()).map(({ id }) => id)).toEqual([other.id]);
    expect(await countPieces(plan.key, 'model.safetensors')).toBe(0);
    expect(await countPieces(other.key, 'model.safetensors')).toBe(1);
    await putReference(checkpoint.id, { ids: Uint32Array.of(1), rgb: Uint8Array.of(2) });
    expect(await readReference(checkpoint.id)).toBeUndefined();
    await clearPieces(other.key, 'model.safetensors');
    expect(await countPieces(other.key, 'model.safetensors')).toBe(0);
  });
});

describe('the library', () => {
  it('lists every kind with its size and last use, and deletes by kind and id', async () => {
    await keepStored(tokenizer('a'), file('abc'));
    const onnx = { ...checkpoint, format: 'onnx', config: '{"licence":"CC0"}' } as const;
    await finishCheckpoint(onnx);
    await touch('tokenizer', 'a'.repeat(64), 5e12);
    const library = await listLibrary();
    expect(
      library.map(({ kind, name, bytes, licence, added }) => [kind, name, bytes, licence, added]),
    ).toEqual([
      ['tokenizer', 'mine.json', 3, undefined, 1000],
      ['checkpoint', 'model', 8, 'CC0', 2000],
    ]);
    expect(library[0]!.lastUsed).toBe(5e12);
    await touch('checkpoint', 'never here');
    await deleteEntry('tokenizer', 'a'.repeat(64));
    await deleteEntry('checkpoint', checkpoint.id);
    expect(await listLibrary()).toEqual([]);
    expect(await readStored('a'.repeat(64))).toBeUndefined();
  });

  it('leaves out what somebody else wrote into the browser', async () => {
    await keepStored(tokenizer('a'), file('abc'));
    const raw = await openDB('tokenoscope');
    await raw.put('entries', { kind: 'tokenizer', name: 7 }, ['tokenizer', 'b']);
    const [entry] = await raw.getAll('entries');
    await raw.put('entries', { ...entry, id: 'not a hash' }, ['tokenizer', 'not a hash']);
    raw.close();
    expect(await listStored()).toHaveLength(1);
  });
});

describe('what earlier releases kept', () => {
  async function oldDatabases() {
    const tokenizers = await openDB('tokenoscope-tokenizers', 1, {
      upgrade: (database) => {
        database.createObjectStore('records', { keyPath: 'sha256' });
        database.createObjectStore('files', { keyPath: 'sha256' });
      },
    });
    await tokenizers.put('records', tokenizer('a'));
    await tokenizers.put('files', { sha256: 'a'.repeat(64), files: file('abc') });
    tokenizers.close();
    const checkpoints = await openDB('tokenoscope-checkpoints', 1, {
      upgrade: (database) => {
        database.createObjectStore('records', { keyPath: 'id' });
        database.createObjectStore('plans', { keyPath: 'key' });
        database.createObjectStore('pieces');
        database.createObjectStore('references', { keyPath: 'id' });
      },
    });
    const { precision: _precision, ...older } = checkpoint; // from before half precision
    await checkpoints.put('records', older);
    await checkpoints.put('pieces', new Blob(['0123']), [plan.key, 'model.safetensors', 0]);
    await checkpoints.put('pieces', new Blob(['4567']), [plan.key, 'model.safetensors', 1]);
    await checkpoints.put('references', { id: checkpoint.id, ids: Uint32Array.of(1), rgb: Uint8Array.of(2) });
    await checkpoints.put('plans', { ...plan, key: 'begun', id: null });
    await checkpoints.put('pieces', new Blob(['01']), ['begun', 'model.safetensors', 0]);
    const digest = { words: [1, 2, 3, 4, 5, 6, 7, 8], rest: new Uint8Array(0), length: 2 };
    await checkpoints.put('pieces', { source: digest, pieces: digest }, [
      'begun',
      'model.safetensors digests',
    ]);
    checkpoints.close();
  }

  async function expectEverything() {
    expect(await listStored()).toEqual([tokenizer('a')]);
    expect(await textOf((await readStored('a'.repeat(64)))!.map(({ content }) => content))).toEqual(['abc']);
    expect(await findCheckpoint(checkpoint.id)).toMatchObject(checkpoint);
    expect(await textOf(await readPieces(plan.key, 'model.safetensors'))).toEqual(['0123', '4567']);
    expect(await readReference(checkpoint.id)).toEqual({ ids: Uint32Array.of(1), rgb: Uint8Array.of(2) });
    expect((await listUnfinished(2)).map(({ plan: { key }, stored }) => [key, stored])).toEqual([
      ['begun', 2],
    ]);
    expect((await readDigests('begun', 'model.safetensors'))?.source.length).toBe(2);
    expect((await indexedDB.databases()).map(({ name }) => name)).toEqual(['tokenoscope']);
  }

  it('is moved once, and its databases go', async () => {
    await oldDatabases();
    expect((await listLibrary()).map(({ lastUsed }) => lastUsed)).toEqual([2000, 1000]);
    await expectEverything();
  });

  it('is moved where the browser cannot list databases, and nothing is made where there was nothing', async () => {
    await oldDatabases();
    const list = indexedDB.databases.bind(indexedDB);
    indexedDB.databases = undefined as never;
    expect(await listStored()).toHaveLength(1);
    await closeDatabase();
    expect(await listStored()).toHaveLength(1);
    indexedDB.databases = list;
    await expectEverything();
  });

  it('goes on where it stopped, and a tab of an earlier release that writes again is caught up with', async () => {
    await oldDatabases();
    // Half of it was moved: the first piece is in the new database only.
    const half = await openDB('tokenoscope-checkpoints');
    const piece = (await half.get('pieces', [plan.key, 'model.safetensors', 0])) as Blob;
    await half.delete('pieces', [plan.key, 'model.safetensors', 0]);
    half.close();
    await putPiece(plan.key, 'model.safetensors', 0, piece);
    await expectEverything();
    await closeDatabase();
    await oldDatabases();
    await expectEverything();
  });
});

describe('a browser that keeps nothing', () => {
  const failing = (name: string) => () => {
    throw new DOMException('no', name);
  };

  it.each([
    ['no IndexedDB', undefined, 'This browser refuses to keep files for this page.'],
    [
      'a private window',
      { open: failing('InvalidStateError') },
      'This browser refuses to keep files for this page.',
    ],
    [
      'a blocked site',
      { open: failing('SecurityError') },
      'This browser refuses to keep files for this page.',
    ],
    [
      'a newer release',
      { open: failing('VersionError') },
      'A newer version of this page has written to its storage.',
    ],
  ])('is told: %s', async (_, factory, message) => {
    vi.stubGlobal('indexedDB', factory);
    await expect(listStored()).rejects.toMatchObject({ code: 'storage-refused', message });
  });

  it('keeps nothing of a step that failed on its way', async () => {
    const words = { what: 'x', full: '', refused: '' };
    const step = transact(words, 'readwrite', async ({ contents }) => {
      await contents.put('half', ['tokenizer', 'x']);
      throw new Error('on the way');
    });
    await expect(step).rejects.toMatchObject({ code: 'storage-refused' });
    expect(await transact(words, 'readonly', ({ contents }) => contents.count())).toBe(0);
  });

  it('says that there is no room, for what, and how much there is', async () => {
    vi.stubGlobal('navigator', { storage: { estimate: async () => ({ quota: 10e6, usage: 9e6 }) } });
    await listStored();
    const { IDBObjectStore } = await import('fake-indexeddb');
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(failing('QuotaExceededError'));
    await expect(keepStored(tokenizer('a'), file('abc'))).rejects.toMatchObject({
      code: 'storage-full',
      message:
        'There is no room to keep mine.json (1 MB). The browser grants this page 10 MB, of which 9 MB are taken.',
    });
    // Chromium says the same above what is taken, whatever it grants.
    vi.stubGlobal('navigator', { storage: { estimate: async () => ({ quota: 12e9, usage: 2e9 }) } });
    await expect(putPiece('key', 'path', 0, new Blob(['x']))).rejects.toMatchObject({
      code: 'storage-full',
      message: expect.stringMatching(
        /holds 2,000 MB for this page, and takes no more\. .* in a private window/,
      ),
      hint: expect.stringContaining('Delete checkpoints'),
    });
    put.mockRestore();
    // Nothing of it is left, so the next one has room.
    expect(await listStored()).toEqual([]);
    await keepStored(tokenizer('a'), file('abc'));
    expect(await listStored()).toHaveLength(1);
  });

  it('says that a tab of an older version holds it', async () => {
    const words = { what: 'x', full: '', refused: '' };
    expect(await explainStorage(new Error(BLOCKED), words)).toMatchObject({
      code: 'storage-refused',
      hint: 'Close the other tabs of this page, and try again.',
    });
  });
});
