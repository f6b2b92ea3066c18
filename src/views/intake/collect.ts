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
export interface Transfer {
  readonly items: Iterable<Pick<DataTransferItem, 'kind' | 'webkitGetAsEntry'>>;
  readonly files: Iterable<File>;
  getData(type: string): string;
}

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
