import type { DBSchema, IDBPDatabase, IDBPObjectStore } from 'idb';

/** What is kept, in one database. Values are checked when they are read: anybody can write into a browser's storage. */
export interface LibrarySchema extends DBSchema {
  /** Descriptions under [kind, id], small: the list is read without touching a file. */
  entries: { key: [kind: string, id: string]; value: unknown };
  /** Files, or pieces of them, under [kind, content, ...]. */
  contents: { key: (string | number)[]; value: unknown };
  /** Unfinished downloads, under the key of their content. */
  plans: { key: string; value: unknown };
}

/** The stores' names. */
export type StoreName = 'entries' | 'contents' | 'plans';
export const STORES: StoreName[] = ['entries', 'contents', 'plans'];

/** The database itself. */
export type LibraryDatabase = IDBPDatabase<LibrarySchema>;

/** The stores in one transaction. */
export type Stores<M extends 'readonly' | 'readwrite' = 'readonly' | 'readwrite'> = {
  readonly [N in StoreName]: IDBPObjectStore<LibrarySchema, StoreName[], N, M>;
};
