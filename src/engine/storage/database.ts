import { type IDBPObjectStore, openDB } from 'idb';
import { BLOCKED, explainStorage, type StorageWords } from './errors';
import { moveOldDatabases } from './migrate';
import { type LibraryDatabase, type LibrarySchema, STORES, type StoreName, type Stores } from './schema';

const DATABASE = 'tokenoscope';
const VERSION = 1;

let opened: Promise<LibraryDatabase> | undefined;

/**
 * Runs one transaction over all stores; resolves when it is on disk. `work` may wait for the stores only.
 * @param words the words for failures
 * @throws TokenoscopeError `storage-full`, `storage-refused`
 */
export async function transact<T, M extends 'readonly' | 'readwrite'>(
  words: StorageWords,
  mode: M,
  work: (stores: Stores<M>) => Promise<T>,
): Promise<T> {
  try {
    const database = await open();
    const transaction = database.transaction(STORES, mode);
    const store = <N extends StoreName>(name: N) =>
      transaction.objectStore(name) as unknown as IDBPObjectStore<LibrarySchema, StoreName[], N, M>;
    const stores = { entries: store('entries'), contents: store('contents'), plans: store('plans') };
    transaction.done.catch(() => {}); // awaited below
    try {
      const result = await work(stores);
      await transaction.done;
      return result;
    } catch (error) {
      const cause = transaction.error ?? error;
      abort(transaction);
      throw cause;
    }
  } catch (error) {
    throw await explainStorage(error, words);
  }
}

/** All or nothing, even if something other than the database failed. */
function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch {
    // It had already ended.
  }
}

/** Every key that begins with these: arrays sort after numbers and strings. */
export function allOf(...prefix: (string | number)[]): IDBKeyRange {
  return IDBKeyRange.bound(prefix, [...prefix, []]);
}

/** Lets go of the database; the next transaction opens it again. */
export async function closeDatabase(): Promise<void> {
  const closing = opened;
  opened = undefined;
  await closing?.then(
    (database) => database.close(),
    () => {},
  );
}

function open(): Promise<LibraryDatabase> {
  opened ??= connect();
  opened.catch(() => {
    opened = undefined; // the next call tries again
  });
  return opened;
}

async function connect(): Promise<LibraryDatabase> {
  if (!globalThis.indexedDB) throw new Error('This browser has no IndexedDB here.');
  const database = await new Promise<LibraryDatabase>((resolve, reject) => {
    openDB<LibrarySchema>(DATABASE, VERSION, {
      upgrade: (created) => {
        for (const name of STORES) created.createObjectStore(name);
      },
      blocked: () => reject(new Error(BLOCKED)),
      // Another tab wants to change or delete it, so this one closes it and opens it again when needed.
      blocking: () => void closeDatabase(),
      terminated: () => {
        opened = undefined;
      },
    }).then(resolve, reject);
  });
  await moveOldDatabases(database);
  return database;
}
