import { throwIfAborted } from '../../core/errors';

/** Files that are looked for in folders; enough to find a picture, and few enough to be quick. */
const MOST_FILES = 2_000;
const DEEPEST = 8;

const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/**
 * The files of a folder by name ("2" before "10"), those of its subfolders after its own. Hidden files, which systems
 * leave behind, are not among them.
 * @throws TokenoscopeError `aborted`
 */
export async function filesOf(folder: FileSystemDirectoryEntry, signal?: AbortSignal): Promise<File[]> {
  const found: File[] = [];
  const visit = async (directory: FileSystemDirectoryEntry, depth: number): Promise<void> => {
    const entries = (await entriesOf(directory, signal)).filter(({ name }) => !name.startsWith('.'));
    entries.sort((a, b) => byName.compare(a.name, b.name));
    for (const entry of entries) {
      if (!entry.isFile || found.length >= MOST_FILES) continue;
      const file = await new Promise<File | undefined>((resolve) =>
        (entry as FileSystemFileEntry).file(resolve, () => resolve(undefined)),
      );
      throwIfAborted(signal);
      if (file) found.push(file);
    }
    if (depth === DEEPEST) return;
    for (const entry of entries) {
      if (entry.isDirectory && found.length < MOST_FILES) {
        await visit(entry as FileSystemDirectoryEntry, depth + 1);
      }
    }
  };
  await visit(folder, 1);
  return found;
}

async function entriesOf(
  folder: FileSystemDirectoryEntry,
  signal: AbortSignal | undefined,
): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    // A reader gives a hundred entries at a time, and none at the end.
    const entries = await new Promise<FileSystemEntry[]>((resolve) =>
      reader.readEntries(resolve, () => resolve([])),
    );
    throwIfAborted(signal);
    if (entries.length === 0) return all;
    all.push(...entries);
    if (all.length >= MOST_FILES) return all;
  }
}
