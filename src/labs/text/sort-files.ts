import { TokenoscopeError, throwIfAborted } from '../../core/errors';
import type { NamedBlob } from '../../engine/storage/named-blob';
import { isBesideTokenizer, isSettings } from '../../tokenizers/files/beside';
import {
  RECOGNITION_BYTES,
  recogniseTokenizer,
  type TokenizerFileKind,
} from '../../tokenizers/files/recognise-tokenizer';
import { filesOf } from '../../views/intake/folders';
import type { TakeOptions } from './intake-state';
import { type OtherFile, otherFile } from './other-files';

/** A file that is not for this lab. */
export interface Stranger extends OtherFile {
  readonly file: NamedBlob;
}

/** What files are for. */
interface Sorted {
  /** The files of each tokenizer. */
  readonly tokenizers: readonly (readonly NamedBlob[])[];
  readonly texts: readonly NamedBlob[];
  readonly others: readonly Stranger[];
}

/** Which files make a tokenizer, which are texts, and which are neither. */
export async function sortFiles(blobs: readonly NamedBlob[], { as }: TakeOptions): Promise<Sorted> {
  const looked = await Promise.all(blobs.map(look));
  const isBeside = ({ file, kind }: Looked) =>
    looked.length > 1 && kind === undefined && isBesideTokenizer(file.name);
  const beside = looked.filter(isBeside);
  const main = looked.filter((one) => !isBeside(one));
  const kinds = main.map(({ kind }) => kind);
  const isPair =
    main.length === 2 && (as === 'tokenizer' || kinds.includes('vocab.json')) && !kinds.some(isWhole);
  const rest = isPair || as === 'tokenizer' ? [] : main.filter(({ kind }) => kind === undefined);
  const found = main.filter((one) => !rest.includes(one)).map(({ file }) => file);
  const tokenizers = isPair ? [found] : found.map((file) => [file]);
  return {
    tokenizers: withSettings(tokenizers, beside),
    ...remaining(tokenizers.length > 0 ? rest : [...rest, ...beside]),
  };
}

/** One tokenizer with its settings, where they lie beside it; of several, nobody knows whose they are. */
function withSettings(
  tokenizers: readonly (readonly NamedBlob[])[],
  beside: readonly Looked[],
): readonly (readonly NamedBlob[])[] {
  const [only, ...more] = tokenizers;
  if (!only || more.length > 0) return tokenizers;
  const settings = beside.map(({ file }) => file).filter(({ name }) => isSettings(name));
  return [[...only, ...settings]];
}

function isWhole(kind: TokenizerFileKind | undefined): boolean {
  return kind !== undefined && kind !== 'vocab.json' && kind !== 'merges.txt';
}

function remaining(looked: readonly Looked[]): Pick<Sorted, 'texts' | 'others'> {
  return {
    texts: looked.filter(({ other }) => !other).map(({ file }) => file),
    others: looked.flatMap(({ file, other }) => (other ? [{ ...other, file }] : [])),
  };
}

/** How many files of a folder are looked at. */
const LOOKED_AT = 200;

/**
 * What a folder is dropped for: each tokenizer.json in it, else another kind of tokenizer; only where there is none, its
 * texts.
 * @throws TokenoscopeError `file-unreadable` where it is empty; `aborted`
 */
export async function sortFolder(folder: FileSystemDirectoryEntry, signal: AbortSignal): Promise<Sorted> {
  const files = (await filesOf(folder, signal)).slice(0, LOOKED_AT);
  if (files.length === 0) {
    throw new TokenoscopeError(
      'file-unreadable',
      `The folder "${folder.name}" is empty.`,
      'Drop a folder with a tokenizer.json, or the file itself.',
    );
  }
  const named = files.map((file) => ({ name: `${folder.name}/${file.name}`, content: file }));
  const looked = await Promise.all(named.map(look));
  throwIfAborted(signal);
  const of = (kind: TokenizerFileKind) => looked.filter((one) => one.kind === kind).map(({ file }) => file);
  const whole = of('tokenizer.json');
  const pair = [...of('vocab.json').slice(0, 1), ...of('merges.txt').slice(0, 1)];
  const each = (files: readonly NamedBlob[]) => files.map((file) => [file]);
  const tokenizers =
    [
      each(whole),
      each(of('tekken.json')),
      each(of('lexicon.json')),
      pair.length === 2 ? [pair] : [],
      each([...of('tiktoken'), ...of('SentencePiece')]),
      each(of('vocab.txt')),
      each(of('GGUF').slice(0, 1)),
    ].find(({ length }) => length > 0) ?? [];
  const beside = looked.filter(({ file, kind }) => kind === undefined && isSettings(file.name));
  return tokenizers.length > 0
    ? { tokenizers: withSettings(tokenizers, beside), texts: [], others: [] }
    : { tokenizers: [], ...remaining(looked) };
}

interface Looked {
  readonly file: NamedBlob;
  readonly kind?: TokenizerFileKind | undefined;
  readonly other?: OtherFile | undefined;
}

async function look(file: NamedBlob): Promise<Looked> {
  const { name, content } = file;
  try {
    const head = new Uint8Array(await content.slice(0, RECOGNITION_BYTES).arrayBuffer());
    const kind = recogniseTokenizer(head);
    return { file, kind, other: kind ? undefined : otherFile(name, content.type, head) };
  } catch {
    return { file }; // whoever reads it will say why it cannot be read
  }
}
