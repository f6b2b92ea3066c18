import { allOf, transact } from './database';
import { type LibraryEntry, type LibraryKind, parseEntry, type StoredEntry } from './entries';
import type { StorageWords } from './errors';
import { announceLibraryChange } from './library-changes';
import type { Stores } from './schema';

const WORDS: StorageWords = {
  what: 'this',
  full: 'Delete what you no longer need, or free disk space, and try again.',
  refused: 'Private windows do that. Open the page in an ordinary window to keep files.',
};

/** Everything that is kept, the last used first. @throws TokenoscopeError `storage-refused` */
export async function listLibrary(): Promise<LibraryEntry[]> {
  const all = await transact(WORDS, 'readonly', ({ entries }) => entries.getAll());
  return all
    .flatMap(parseEntry)
    .map(({ content: _content, details: _details, ...entry }) => entry)
    .sort((a, b) => b.lastUsed - a.lastUsed);
}

/** Forgets an entry with all its files. @throws TokenoscopeError `storage-refused` */
export async function deleteEntry(kind: LibraryKind, id: string): Promise<void> {
  await transact(WORDS, 'readwrite', (stores) => deleteIn(stores, kind, id));
  announceLibraryChange();
}

/** Notes that an entry has been used now. A failure to note it is ignored. */
export async function touch(kind: LibraryKind, id: string, now = Date.now()): Promise<void> {
  await transact(WORDS, 'readwrite', async ({ entries }) => {
    const [entry] = parseEntry(await entries.get([kind, id]));
    if (entry) await entries.put({ ...entry, lastUsed: now }, [kind, id]);
  }).catch(() => {});
}

/** The entries of a kind, oldest first. @throws TokenoscopeError `storage-refused` */
export async function entriesOf(words: StorageWords, kind: LibraryKind): Promise<StoredEntry[]> {
  const all = await transact(words, 'readonly', ({ entries }) => entries.getAll(allOf(kind)));
  return all.flatMap(parseEntry).sort((a, b) => a.added - b.added);
}

/** Within a transaction: an entry, if the value is one. */
export async function findIn(
  { entries }: Pick<Stores, 'entries'>,
  kind: LibraryKind,
  id: string,
): Promise<StoredEntry | undefined> {
  return parseEntry(await entries.get([kind, id]))[0];
}

/** Within a transaction: forgets an entry with its files. */
async function deleteIn(stores: Stores<'readwrite'>, kind: LibraryKind, id: string): Promise<void> {
  const entry = await findIn(stores, kind, id);
  if (entry) await stores.contents.delete(allOf(kind, entry.content));
  await stores.entries.delete([kind, id]);
}
