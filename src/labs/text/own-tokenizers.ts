import { createStore, type StoreApi } from 'zustand';
import { isTokenizerFileId, sha256OfId, tokenizerFileId } from '../../core/link/tokenizer-file';
import type { TokenizerOrigin } from '../../core/link/tokenizer-origin';
import type { NamedBlob } from '../../engine/storage/named-blob';
import type { StoredTokenizer } from '../../engine/storage/tokenizer-store';

/** A tokenizer that the visitor brought as a file. */
export interface OwnTokenizer extends StoredTokenizer {
  /** Of its file; a column's may name an encoding as well (`columnIdOf`). */
  readonly id: string;
  /** Its files where this browser could not keep them: they last as long as the tab. */
  readonly files: readonly NamedBlob[] | null;
}

/** A deleted tokenizer, as long as it can be restored. */
export interface RemovedTokenizer {
  readonly tokenizer: OwnTokenizer;
  readonly files: readonly NamedBlob[];
  /** Its place among the columns; -1 where it was in none. */
  readonly column: number;
}

/** The visitor's own tokenizers. */
export interface OwnTokenizersState {
  readonly tokenizers: readonly OwnTokenizer[];
  /** Whether the browser's storage has been asked. */
  readonly isListed: boolean;
  /** Names of files that are not here, by id: those that links give, and those of what was deleted. */
  readonly linked: Readonly<Record<string, string>>;
  /** Where links say that files which are not here can be fetched from, by id. */
  readonly origins: Readonly<Record<string, TokenizerOrigin>>;
  readonly removed: RemovedTokenizer | null;
}

/** Their storage, loaded when it is first needed so that the lab is usable earlier. */
const storage = () => import('../../engine/storage/tokenizer-store');

/** The tokenizers that the visitor brought, in step with the browser's storage. */
export class OwnTokenizers {
  readonly store: StoreApi<OwnTokenizersState> = createStore<OwnTokenizersState>(() => ({
    tokenizers: [],
    isListed: false,
    linked: {},
    origins: {},
    removed: null,
  }));
  /** The column whose encoding has just been chosen: the focus goes there. */
  justChosen = '';
  #listing: Promise<void> | undefined;

  get(): OwnTokenizersState {
    return this.store.getState();
  }

  /** Lists what this browser keeps, once. If its storage fails, the list is empty. */
  list(): Promise<void> {
    this.#listing ??= storage()
      .then(({ listStored }) => listStored())
      .catch(() => [])
      .then((stored) =>
        this.store.setState(({ tokenizers }) => ({
          tokenizers: [
            ...stored
              .filter(({ sha256 }) => !tokenizers.some((one) => one.sha256 === sha256))
              .map((record) => ({ ...record, id: tokenizerFileId(record.sha256), files: null })),
            ...tokenizers,
          ],
          isListed: true,
        })),
      );
    return this.#listing;
  }

  /** The tokenizer of an id, whichever encoding the id names. */
  find(id: string): OwnTokenizer | undefined {
    return this.get().tokenizers.find((one) => one.sha256 === sha256OfId(id));
  }

  /** The files of a tokenizer; undefined if the browser has lost them; the tokenizer is then removed from the list. */
  async filesOf(id: string): Promise<readonly NamedBlob[] | undefined> {
    const known = this.find(id);
    if (!known) return undefined;
    const files = known.files ?? (await inStorage(({ readStored }) => readStored(known.sha256)));
    if (!files) this.strike(id);
    return files;
  }

  /** Puts a tokenizer on the list. */
  add(record: StoredTokenizer, files: readonly NamedBlob[] | null): OwnTokenizer {
    const entry = { ...record, id: tokenizerFileId(record.sha256), files };
    this.store.setState(({ tokenizers }) => ({
      tokenizers: [...tokenizers.filter(({ id }) => id !== entry.id), entry],
    }));
    return entry;
  }

  /** What links call the files among `ids`. */
  namesOf(ids: readonly string[]): Record<string, string> | undefined {
    const { linked } = this.get();
    const files = ids.filter(isTokenizerFileId);
    if (files.length === 0) return undefined;
    return Object.fromEntries(
      files.map((id) => [id, this.find(id)?.name ?? linked[fileOf(id)] ?? sha256OfId(id)]),
    );
  }

  /** Where the files among `ids` can be fetched from, as far as that is known. */
  originsOf(ids: readonly string[]): Record<string, TokenizerOrigin> | undefined {
    const known = ids.filter(isTokenizerFileId).flatMap((id) => {
      const origin = this.originOf(id);
      return origin === undefined ? [] : [[id, origin] as const];
    });
    return known.length === 0 ? undefined : Object.fromEntries(known);
  }

  /** Where a file can be fetched from; undefined where nobody has said. */
  originOf(id: string): TokenizerOrigin | undefined {
    return this.find(id)?.origin ?? this.get().origins[fileOf(id)];
  }

  /** Remembers what a link calls files that may not be here, and where they can be fetched from. */
  rememberNames(
    names: Readonly<Record<string, string>>,
    origins: Readonly<Record<string, TokenizerOrigin>> = {},
  ): void {
    const byFile = (all: Readonly<Record<string, string>>) =>
      Object.fromEntries(Object.entries(all).map(([id, value]) => [fileOf(id), value]));
    this.store.setState((now) => ({
      linked: { ...now.linked, ...byFile(names) },
      origins: { ...now.origins, ...byFile(origins) },
    }));
  }

  /** Takes a tokenizer off the list; its name stays, for its columns and for links. */
  strike(id: string): void {
    const { origin } = this.find(id) ?? {};
    this.store.setState(({ tokenizers, linked, origins }) => ({
      tokenizers: tokenizers.filter((one) => one.id !== fileOf(id)),
      linked: { ...linked, ...namesById(tokenizers.filter((one) => one.id === fileOf(id))) },
      origins: origin === undefined ? origins : { ...origins, [fileOf(id)]: origin },
    }));
  }
}

/** The id without a chosen encoding. */
function fileOf(id: string): string {
  return tokenizerFileId(sha256OfId(id));
}

/** What tokenizers are called, by id. */
export function namesById(tokenizers: readonly OwnTokenizer[]): Record<string, string> {
  return Object.fromEntries(tokenizers.map(({ id, name }) => [id, name]));
}

/** Runs one operation in the browser's storage; undefined if it fails. */
export async function inStorage<T>(
  work: (stored: Awaited<ReturnType<typeof storage>>) => Promise<T>,
): Promise<T | undefined> {
  try {
    return await work(await storage());
  } catch {
    return undefined;
  }
}
