/** What lies in a drop: its files, and where folders were dropped, the files at their top. */
export interface Dropped {
  readonly hasFolder: boolean;
  /** To be asked for during the drop event: its items are gone afterwards. */
  readonly files: Promise<readonly File[]>;
}

/** Reads a drop. Call it in the event's own task. */
export function readDrop(transfer: DataTransfer): Dropped {
  const folders = [...transfer.items]
    .map((item) => (item.kind === 'file' ? item.webkitGetAsEntry() : null))
    .filter((entry): entry is FileSystemDirectoryEntry => entry?.isDirectory ?? false);
  const plain = [...transfer.files].filter(({ name }) => !folders.some((folder) => folder.name === name));
  const inside = Promise.all(folders.map(filesIn));
  return { hasFolder: folders.length > 0, files: inside.then((lists) => [...plain, ...lists.flat()]) };
}

async function filesIn(folder: FileSystemDirectoryEntry): Promise<File[]> {
  const reader = folder.createReader();
  const files: File[] = [];
  for (;;) {
    // A reader gives a hundred entries at a time, and none at the end.
    const entries = await new Promise<FileSystemEntry[]>((resolve) =>
      reader.readEntries(resolve, () => resolve([])),
    );
    if (entries.length === 0) return files;
    for (const entry of entries) {
      if (!entry.isFile) continue;
      const file = await new Promise<File | undefined>((resolve) =>
        (entry as FileSystemFileEntry).file(resolve, () => resolve(undefined)),
      );
      if (file) files.push(file);
    }
  }
}
