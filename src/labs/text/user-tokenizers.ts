import { create } from 'zustand';
import {
  isTokenizerFileId,
  plainFileName,
  sha256OfId,
  tokenizerFileId,
} from '../../core/link/tokenizer-file';
import type { NamedBlob } from '../../engine/storage/named-blob';
import {
  changeStored,
  keepStored,
  listStored,
  readStored,
  removeStored,
  type StoredTokenizer,
} from '../../engine/storage/tokenizer-store';

/** A tokenizer that the visitor brought as a file. */
export interface UserTokenizer extends StoredTokenizer {
  readonly id: string;
  /** Its files where this browser could not keep them: they last as long as the tab. */
  readonly files: readonly NamedBlob[] | null;
}

/** A deleted tokenizer, as long as it can be had back. */
export interface RemovedTokenizer {
  readonly tokenizer: UserTokenizer;
  readonly files: readonly NamedBlob[];
  /** Its place among the columns; -1 where it was in none. */
  readonly column: number;
}

/** The visitor's own tokenizers. */
export interface UserTokenizersState {
  readonly tokenizers: readonly UserTokenizer[];
  /** Whether the browser's storage has been asked. */
  readonly isListed: boolean;
  /** Names that links give to files, by id. */
  readonly linked: Readonly<Record<string, string>>;
  readonly removed: RemovedTokenizer | null;
}

export const useUserTokenizers = create<UserTokenizersState>(() => ({
  tokenizers: [],
  isListed: false,
  linked: {},
  removed: null,
}));

const set = useUserTokenizers.setState;
let listing: Promise<void> | undefined;

/** Lists what this browser keeps, once. A browser that keeps nothing is as good as an empty one. */
export function listUserTokenizers(): Promise<void> {
  listing ??= listStored()
    .catch(() => [])
    .then((stored) =>
      set(({ tokenizers }) => ({
        tokenizers: [
          ...stored
            .filter(({ sha256 }) => !tokenizers.some((one) => one.sha256 === sha256))
            .map((record) => ({ ...record, id: tokenizerFileId(record.sha256), files: null })),
          ...tokenizers,
        ],
        isListed: true,
      })),
    );
  return listing;
}

export function findUserTokenizer(id: string): UserTokenizer | undefined {
  return useUserTokenizers.getState().tokenizers.find((one) => one.id === id);
}

/** The files of a tokenizer; undefined where the browser has lost them, which also strikes it off the list. */
export async function filesOf(id: string): Promise<readonly NamedBlob[] | undefined> {
  const known = findUserTokenizer(id);
  if (!known) return undefined;
  const files = known.files ?? (await readStored(known.sha256).catch(() => undefined));
  if (!files) set(({ tokenizers }) => ({ tokenizers: tokenizers.filter((one) => one.id !== id) }));
  return files;
}

/** Puts a tokenizer on the list. */
export function listTokenizer(record: StoredTokenizer, files: readonly NamedBlob[] | null): UserTokenizer {
  const entry = { ...record, id: tokenizerFileId(record.sha256), files };
  set(({ tokenizers }) => ({ tokenizers: [...tokenizers.filter(({ id }) => id !== entry.id), entry] }));
  return entry;
}

/** A name that no other tokenizer has: `tokenizer.json 2`. */
export function freeName(wanted: string, id: string): string {
  const name = plainFileName(wanted);
  const taken = useUserTokenizers
    .getState()
    .tokenizers.filter((one) => one.id !== id)
    .map((one) => one.name);
  if (!taken.includes(name)) return name;
  let number = 2;
  while (taken.includes(`${name} ${number}`)) number++;
  return `${name} ${number}`;
}

/** Gives a tokenizer another name; an empty one changes nothing. */
export async function renameUserTokenizer(id: string, wanted: string): Promise<void> {
  const known = findUserTokenizer(id);
  if (!known || wanted.trim() === '' || wanted.trim() === known.name) return;
  const renamed = { ...known, name: freeName(wanted, id) };
  set(({ tokenizers }) => ({ tokenizers: tokenizers.map((one) => (one.id === id ? renamed : one)) }));
  if (!known.files) await changeStored(recordOf(renamed)).catch(() => undefined);
}

/** Deletes a tokenizer from this browser. `restoreUserTokenizer` has it back as long as the page is open. */
export async function deleteUserTokenizer(id: string, column: number): Promise<void> {
  const tokenizer = findUserTokenizer(id);
  const files = await filesOf(id);
  if (!tokenizer || !files) return;
  set(({ tokenizers }) => ({
    tokenizers: tokenizers.filter((one) => one.id !== id),
    removed: { tokenizer, files, column },
  }));
  await removeStored(tokenizer.sha256).catch(() => undefined);
}

/** Has the tokenizer back that was deleted last. */
export async function restoreUserTokenizer(): Promise<RemovedTokenizer | null> {
  const { removed } = useUserTokenizers.getState();
  if (!removed) return null;
  const { tokenizer, files } = removed;
  set({ removed: null });
  const isKept = await keepStored(recordOf(tokenizer), files).then(
    () => true,
    () => false,
  );
  listTokenizer(recordOf(tokenizer), isKept ? null : files);
  return removed;
}

/** What links call the files among `ids`. */
export function namesOf(ids: readonly string[]): Record<string, string> | undefined {
  const { linked } = useUserTokenizers.getState();
  const files = ids.filter(isTokenizerFileId);
  if (files.length === 0) return undefined;
  return Object.fromEntries(
    files.map((id) => [id, findUserTokenizer(id)?.name ?? linked[id] ?? sha256OfId(id)]),
  );
}

/** Remembers what a link calls files that may not be here. */
export function rememberNames(names: Readonly<Record<string, string>>): void {
  set(({ linked }) => ({ linked: { ...linked, ...names } }));
}

function recordOf({ id: _id, files: _files, ...record }: UserTokenizer): StoredTokenizer {
  return record;
}
