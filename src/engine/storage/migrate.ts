import { deleteDB, type IDBPDatabase, type IDBPObjectStore, openDB } from 'idb';
import type { StoredCheckpoint } from '../weights/plan';
import { checkpointEntry, digestsKey, referenceKey, tokenizerEntry } from './entries';
import type { LibraryDatabase, LibrarySchema, StoreName } from './schema';

/** Until November 2026 tokenizers and checkpoints each had a database of their own. */
const TOKENIZERS = 'tokenoscope-tokenizers';
const CHECKPOINTS = 'tokenoscope-checkpoints';

/** A value with its new store and key. */
interface Move {
  readonly store: StoreName;
  readonly key: string | (string | number)[];
  readonly value: unknown;
}

/**
 * Moves what earlier releases kept into the one database, value by value, so that it never needs twice the room, and
 * deletes theirs. An interrupted move resumes at the next visit; a tab of an earlier release that is still open may
 * write there again, which the next visit moves as well.
 */
export async function moveOldDatabases(library: LibraryDatabase): Promise<void> {
  const names = await oldDatabases();
  if (names.length === 0) return;
  const work = async () => {
    for (const name of names) await moveDatabase(name, library);
  };
  // Page and workers open the library at the same time.
  await (globalThis.navigator?.locks?.request('tokenoscope-storage', work) ?? work()).catch(() => {});
}

async function oldDatabases(): Promise<string[]> {
  const all = [CHECKPOINTS, TOKENIZERS];
  const known = await Promise.resolve(indexedDB.databases?.()).catch(() => undefined);
  return known ? all.filter((name) => known.some((one) => one.name === name)) : all;
}

async function moveDatabase(name: string, library: LibraryDatabase): Promise<void> {
  const old = await openOld(name);
  if (!old) return;
  try {
    if (name === TOKENIZERS) await moveTokenizers(old, library);
    else await moveCheckpoints(old, library);
  } finally {
    old.close();
  }
  await deleteDB(name);
}

/** Undefined where there is none, because opening it would create an empty one. */
async function openOld(name: string): Promise<IDBPDatabase | undefined> {
  let isMissing = false;
  const old = await openDB(name, undefined, {
    upgrade: (_database, _from, _to, transaction) => {
      isMissing = true;
      transaction.done.catch(() => {});
      transaction.abort();
    },
  }).catch((error: unknown) => {
    if (isMissing) return undefined;
    throw error;
  });
  return old;
}

async function moveTokenizers(old: IDBPDatabase, library: LibraryDatabase): Promise<void> {
  await moveAll(old, 'files', library, (key, value: { files: unknown }) => [
    { store: 'contents', key: ['tokenizer', key as string], value: value.files },
  ]);
  await moveAll(old, 'records', library, (key, value: Parameters<typeof tokenizerEntry>[0]) => [
    { store: 'entries', key: ['tokenizer', key as string], value: tokenizerEntry(value, value.added) },
  ]);
}

async function moveCheckpoints(old: IDBPDatabase, library: LibraryDatabase): Promise<void> {
  await moveAll(old, 'pieces', library, (key, value) => {
    const [content, path, index] = key as [string, string, number | undefined];
    const digests = index === undefined && path.endsWith(' digests');
    return [
      digests
        ? { store: 'contents', key: digestsKey(content, path.slice(0, -' digests'.length)), value }
        : { store: 'contents', key: ['checkpoint', content, path, index ?? 0], value },
    ];
  });
  await moveAll(old, 'plans', library, (key, value) => [{ store: 'plans', key: key as string, value }]);
  const records = (await old.getAll('records')) as StoredCheckpoint[];
  await moveAll(old, 'references', library, (key, value: object) => {
    const record = records.find(({ id }) => id === key);
    return record ? [{ store: 'contents', key: referenceKey(record.key), value }] : [];
  });
  await moveAll(old, 'records', library, (key, value: StoredCheckpoint) => [
    { store: 'entries', key: ['checkpoint', key as string], value: checkpointEntry(value, value.added) },
  ]);
}

async function moveAll<T>(
  old: IDBPDatabase,
  name: string,
  library: LibraryDatabase,
  toMoves: (key: IDBValidKey, value: T) => Move[],
): Promise<void> {
  if (!old.objectStoreNames.contains(name)) return;
  for (const key of await old.getAllKeys(name)) {
    const value = (await old.get(name, key)) as T | undefined;
    if (value === undefined) continue;
    for (const move of toMoves(key, value)) {
      const transaction = library.transaction(move.store, 'readwrite');
      const store = transaction.objectStore(move.store) as unknown as IDBPObjectStore<
        LibrarySchema,
        StoreName[],
        'contents',
        'readwrite'
      >;
      await store.put(move.value, move.key as string[]);
      await transaction.done;
    }
    await old.delete(name, key);
  }
}
