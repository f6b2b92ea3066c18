import { plainFileName, sha256OfId, tokenizerFileId } from '../../core/link/tokenizer-file';
import type { StoredTokenizer } from '../../engine/storage/tokenizer-store';
import type { ColumnList } from './column-list';
import {
  inStorage,
  namesById,
  type OwnTokenizer,
  type OwnTokenizers,
  type RemovedTokenizer,
} from './own-tokenizers';

// What only menus and files do to the visitor's tokenizers: it is loaded with the first of them.

/** The parts of a lab that changes concern. */
interface Parts {
  readonly own: OwnTokenizers;
  readonly columns: ColumnList;
}

/** The id of a tokenizer's column: with the encoding that was chosen last. */
export function columnIdOf({ sha256, encoding }: StoredTokenizer): string {
  return tokenizerFileId(sha256, encoding);
}

/** Takes over what was added to this browser's storage elsewhere, and what was deleted there. */
export async function refresh(own: OwnTokenizers): Promise<void> {
  if (!own.get().isListed) return;
  const stored = await inStorage(({ listStored }) => listStored());
  if (!stored) return;
  own.store.setState(({ tokenizers, linked }) => {
    const isHere = (record: StoredTokenizer) => tokenizers.some((one) => one.sha256 === record.sha256);
    const stays = ({ files, sha256 }: OwnTokenizer) =>
      files !== null || stored.some((record) => record.sha256 === sha256);
    const added = stored.filter((record) => !isHere(record));
    if (added.length === 0 && tokenizers.every(stays)) return {};
    return {
      tokenizers: [
        ...tokenizers.filter(stays),
        ...added.map((record) => ({ ...record, id: tokenizerFileId(record.sha256), files: null })),
      ],
      linked: { ...linked, ...namesById(tokenizers.filter((one) => !stays(one))) },
    };
  });
}

/** A name that no other tokenizer has: `tokenizer.json 2`. */
export function freeName(own: OwnTokenizers, wanted: string, id: string): string {
  const name = plainFileName(wanted);
  const taken = own
    .get()
    .tokenizers.filter((one) => one.id !== id)
    .map((one) => one.name);
  if (!taken.includes(name)) return name;
  let number = 2;
  while (taken.includes(`${name} ${number}`)) number++;
  return `${name} ${number}`;
}

/** Gives a tokenizer another name; an empty one changes nothing. */
export async function rename(own: OwnTokenizers, id: string, wanted: string): Promise<void> {
  const known = own.find(id);
  if (!known || wanted.trim() === '' || wanted.trim() === known.name) return;
  await change(own, { ...known, name: freeName(own, wanted, id) });
}

/**
 * Chooses the encoding of a column's file: another column takes its place, with the old tokens until its own are
 * there. If it is among the columns already, the old one only goes.
 * @returns the id of the other column
 */
export function chooseEncoding({ own, columns }: Parts, id: string, encoding: string): string {
  const chosen = tokenizerFileId(sha256OfId(id), encoding);
  own.justChosen = chosen;
  const known = own.find(id);
  if (known) void change(own, { ...known, encoding });
  const result = columns.find(id)?.result;
  if (columns.ids.includes(chosen)) columns.remove(id);
  else {
    columns.set(columns.ids.map((other) => (other === id ? chosen : other)));
    // A copy of the text: its own tokens are still to come.
    if (result) columns.update(chosen, { result: { ...result, document: { ...result.document } } });
  }
  return chosen;
}

/**
 * Deletes a tokenizer from this browser. `restore` undoes that as long as the page is open: it is offered, and the
 * deletion said, once the storage has done it.
 */
export async function remove(own: OwnTokenizers, id: string, column: number): Promise<void> {
  const tokenizer = own.find(id);
  const files = await own.filesOf(id);
  if (!tokenizer || !files) return;
  own.strike(id);
  await inStorage(({ removeStored }) => removeStored(tokenizer.sha256));
  own.store.setState({ removed: { tokenizer, files, column } });
}

/** Takes away the column and the tokenizer that were added by mistake, without a way to restore them. */
export async function takeBack({ own, columns }: Parts, id: string): Promise<void> {
  columns.remove(id);
  await remove(own, id, -1);
  own.store.setState({ removed: null });
}

/** Restores the tokenizer that was deleted last. */
export async function restore(own: OwnTokenizers): Promise<RemovedTokenizer | null> {
  const { removed } = own.get();
  if (!removed) return null;
  const { tokenizer, files } = removed;
  own.store.setState({ removed: null });
  const isKept = await inStorage(({ keepStored }) => keepStored(recordOf(tokenizer), files).then(() => true));
  own.add(recordOf(tokenizer), isKept ? null : files);
  return removed;
}

async function change(own: OwnTokenizers, changed: OwnTokenizer): Promise<void> {
  own.store.setState(({ tokenizers }) => ({
    tokenizers: tokenizers.map((one) => (one.sha256 === changed.sha256 ? changed : one)),
  }));
  if (!changed.files) await inStorage(({ changeStored }) => changeStored(recordOf(changed)));
}

function recordOf({ id: _id, files: _files, ...record }: OwnTokenizer): StoredTokenizer {
  return record;
}
