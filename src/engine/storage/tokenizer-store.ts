import * as v from 'valibot';
import { isTokenizerOrigin, type TokenizerOrigin } from '../../core/link/tokenizer-origin';
import type { TokenizerFileKind } from '../../tokenizers/files/recognise-tokenizer';
import { transact } from './database';
import { type StoredEntry, tokenizerEntry } from './entries';
import { megabytes, type StorageWords } from './errors';
import { deleteEntry, entriesOf, findIn, touch } from './library';
import { announceLibraryChange } from './library-changes';
import type { NamedBlob } from './named-blob';

/** The description of a tokenizer that this browser keeps. */
export interface StoredTokenizer {
  /** Content hash, see `AcceptedTokenizer`. */
  readonly sha256: string;
  /** The visitor's name for it. */
  readonly name: string;
  readonly kind: TokenizerFileKind;
  /** Bytes of all files. */
  readonly size: number;
  readonly vocabularySize: number;
  readonly notes: readonly string[];
  /** The encoding that the visitor chose last, where the file does not name its own. */
  readonly encoding?: string | undefined;
  /** Where it was fetched from; absent where it came as files. */
  readonly origin?: TokenizerOrigin | undefined;
  /** When it was added, in milliseconds since 1970. */
  readonly added: number;
}

const detailsSchema = v.object({
  kind: v.picklist([
    'tokenizer.json',
    'tiktoken',
    'SentencePiece',
    'vocab.json + merges.txt',
    'tekken.json',
    'GGUF',
    'vocab.txt',
    'lexicon.json',
  ]),
  vocabularySize: v.number(),
  notes: v.array(v.string()),
  encoding: v.optional(v.string()),
  origin: v.optional(v.pipe(v.string(), v.check(isTokenizerOrigin))),
});
const idSchema = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const filesSchema = v.array(v.object({ name: v.string(), content: v.instance(Blob) }));

const KIND = 'tokenizer';

/** Everything that is kept, oldest first. @throws TokenoscopeError `storage-refused` */
export async function listStored(): Promise<StoredTokenizer[]> {
  return (await entriesOf(words(), KIND)).flatMap(asTokenizer);
}

/** The files of a tokenizer, as handles; undefined where it is not kept. @throws TokenoscopeError `storage-refused` */
export async function readStored(sha256: string): Promise<readonly NamedBlob[] | undefined> {
  const found = await transact(words(), 'readonly', ({ contents }) => contents.get([KIND, sha256]));
  const parsed = v.safeParse(filesSchema, found);
  if (!parsed.success) return undefined;
  void touch(KIND, sha256);
  return parsed.output;
}

/**
 * Stores a tokenizer's description and files, all of them or nothing.
 * @throws TokenoscopeError `storage-full`, `storage-refused`
 */
export async function keepStored(record: StoredTokenizer, files: readonly NamedBlob[]): Promise<void> {
  await transact(words(record), 'readwrite', async ({ entries, contents }) => {
    await contents.put(files, [KIND, record.sha256]);
    await entries.put(tokenizerEntry(record, Date.now()), [KIND, record.sha256]);
  });
  announceLibraryChange();
}

/** Changes what is kept about a tokenizer. @throws as `keepStored` does */
export async function changeStored(record: StoredTokenizer): Promise<void> {
  await transact(words(record), 'readwrite', async (stores) => {
    const before = await findIn(stores, KIND, record.sha256);
    await stores.entries.put(tokenizerEntry(record, before?.lastUsed ?? Date.now()), [KIND, record.sha256]);
  });
  announceLibraryChange();
}

/** Forgets a tokenizer and its files. @throws TokenoscopeError `storage-refused` */
export async function removeStored(sha256: string): Promise<void> {
  await deleteEntry(KIND, sha256);
}

function asTokenizer({ id, name, bytes, added, details }: StoredEntry): StoredTokenizer[] {
  const parsed = v.safeParse(detailsSchema, details);
  if (!parsed.success || !v.is(idSchema, id)) return [];
  return [{ sha256: id, name, size: bytes, added, ...parsed.output }];
}

function words(record?: StoredTokenizer): StorageWords {
  return {
    what: record ? `${record.name} (${megabytes(record.size)})` : 'this tokenizer',
    full: 'It works until you close this tab. Delete tokenizers that you no longer need, or free disk space, and open it again.',
    refused: 'Private windows do that. Tokenizer files work as usual, until you close this tab.',
  };
}
