import { throwIfAborted } from '../../core/errors';

/** The parts of a drop or the clipboard that must be read during the event. */
export interface Collected {
  readonly files: readonly File[];
  readonly folders: readonly FileSystemDirectoryEntry[];
  /** By type: `text/uri-list`, `text/html`, `text/plain`; empty where there is none. */
  readonly text: { readonly uris: string; readonly html: string; readonly plain: string };
  /** Browsers call every picture on the clipboard image.png, so that name says nothing. */
  readonly pasted: boolean;
}

/** What `collect` needs of a `DataTransfer`. */
export type Transfer = Pick<DataTransfer, 'items' | 'files' | 'getData'>;

/**
 * Reads a drop or a paste. Call it in the event's own task: afterwards the browser clears the data.
 * @param event `event.dataTransfer` of a drop, `event.clipboardData` of a paste
 */
export function collect(transfer: Transfer, pasted = false): Collected {
  const folders = [...transfer.items]
    .map((item) => (item.kind === 'file' ? item.webkitGetAsEntry?.() : null))
    .filter((entry): entry is FileSystemDirectoryEntry => entry?.isDirectory ?? false);
  // A folder is among the files, too, as a file that cannot be read.
  const names = new Set(folders.map(({ name }) => name));
  return {
    files: [...transfer.files].filter(({ name }) => !names.has(name)),
    folders,
    text: {
      uris: transfer.getData('text/uri-list'),
      html: transfer.getData('text/html'),
      plain: transfer.getData('text/plain'),
    },
    pasted,
  };
}

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
