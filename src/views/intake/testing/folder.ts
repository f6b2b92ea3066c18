/** A folder as browsers give it: a reader hands out its entries in pieces, and none at the end. */
export function folder(name: string, content: readonly (File | FileSystemDirectoryEntry)[], step = 2) {
  const entries = content.map((entry) =>
    entry instanceof File
      ? {
          name: entry.name,
          isFile: true,
          isDirectory: false,
          file: (take: (file: File) => void) => take(entry),
        }
      : entry,
  );
  return {
    name,
    isFile: false,
    isDirectory: true,
    createReader: () => {
      let at = 0;
      return {
        readEntries: (take: (entries: unknown[]) => void) => {
          take(entries.slice(at, at + step));
          at += step;
        },
      };
    },
  } as unknown as FileSystemDirectoryEntry;
}
