import { createStore } from 'zustand';
import { TokenoscopeError } from '../../core/errors';
import type { LibraryEntry } from '../../engine/storage/entries';
import { deleteEntry, listLibrary } from '../../engine/storage/library';
import { onLibraryChange } from '../../engine/storage/library-changes';

/** What the Library shows. */
export interface KeptState {
  /** Null until the storage has answered. */
  readonly entries: readonly LibraryEntry[] | null;
  /** What this browser lets the page keep, in bytes; null where it does not tell. */
  readonly room: number | null;
  readonly problem: { readonly message: string; readonly hint: string } | null;
  /** The entry whose deletion awaits confirmation, as `keyOf` names it. */
  readonly asking: string | null;
}

/** The storage behind a list; tests provide their own. */
export interface KeptStorage {
  list(): Promise<LibraryEntry[]>;
  delete(kind: LibraryEntry['kind'], id: string): Promise<void>;
  /** @returns bytes that may be kept in all */
  room(): Promise<number | null>;
}

const BROWSER: KeptStorage = {
  list: listLibrary,
  delete: deleteEntry,
  room: async () => (await navigator.storage?.estimate?.())?.quota ?? null,
};

/** Names an entry among those of all kinds. */
export function keyOf({ kind, id }: Pick<LibraryEntry, 'kind' | 'id'>): string {
  return `${kind} ${id}`;
}

/** What this browser keeps, and the way to delete it. */
export class KeptList {
  readonly store = createStore<KeptState>(() => ({ entries: null, room: null, problem: null, asking: null }));
  readonly #storage: KeptStorage;

  constructor(storage: KeptStorage = BROWSER) {
    this.#storage = storage;
  }

  /** Reads the list, and again after every change. Returns the way to stop. */
  follow(): () => void {
    void this.refresh();
    return onLibraryChange(() => void this.refresh());
  }

  async refresh(): Promise<void> {
    try {
      const [entries, room] = await Promise.all([
        this.#storage.list(),
        this.#storage.room().catch(() => null),
      ]);
      this.store.setState({ entries, room, problem: null });
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Deleting cannot be undone, so it asks once. */
  ask(entry: LibraryEntry | null): void {
    this.store.setState({ asking: entry && keyOf(entry) });
  }

  async delete(entry: LibraryEntry): Promise<void> {
    this.store.setState({ asking: null });
    try {
      await this.#storage.delete(entry.kind, entry.id);
      await this.refresh();
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    const { message, hint } =
      error instanceof TokenoscopeError
        ? error
        : { message: 'What this browser keeps could not be read.', hint: 'Reload the page and try again.' };
    this.store.setState({ problem: { message, hint } });
  }
}
