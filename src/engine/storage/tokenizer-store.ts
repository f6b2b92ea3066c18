import * as v from 'valibot';
import { TokenoscopeError } from '../../core/errors';
import type { TokenizerFileKind } from '../../tokenizers/files/recognise-tokenizer';
import type { NamedBlob } from './named-blob';

/** What this browser knows of a tokenizer that it keeps. */
export interface StoredTokenizer {
  /** Content hash, see `AcceptedTokenizer`. */
  readonly sha256: string;
  /** What its owner calls it. */
  readonly name: string;
  readonly kind: TokenizerFileKind;
  /** Bytes of all files. */
  readonly size: number;
  readonly vocabularySize: number;
  readonly notes: readonly string[];
  /** When it was added, in milliseconds since 1970. */
  readonly added: number;
}

/** As anybody can write into a browser's storage, what comes out is checked. */
const recordSchema = v.object({
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  name: v.string(),
  kind: v.picklist(['tokenizer.json', 'tiktoken', 'SentencePiece', 'vocab.json + merges.txt']),
  size: v.number(),
  vocabularySize: v.number(),
  notes: v.array(v.string()),
  added: v.number(),
});

const filesSchema = v.object({
  sha256: v.string(),
  files: v.array(v.object({ name: v.string(), content: v.instance(Blob) })),
});

const DATABASE = 'tokenoscope-tokenizers';
/** Descriptions, small: the list is read without touching a file. */
const RECORDS = 'records';
const FILES = 'files';

/** Everything that is kept, oldest first. @throws TokenoscopeError `storage-refused` */
export async function listStored(): Promise<StoredTokenizer[]> {
  const all = await inDatabase('readonly', (records) => records.getAll());
  return (all as unknown[])
    .flatMap((one) => {
      const parsed = v.safeParse(recordSchema, one);
      return parsed.success ? [parsed.output] : [];
    })
    .sort((a, b) => a.added - b.added);
}

/** The files of a tokenizer, as handles; undefined where it is not kept. @throws TokenoscopeError `storage-refused` */
export async function readStored(sha256: string): Promise<readonly NamedBlob[] | undefined> {
  const found = await inDatabase('readonly', (_, files) => files.get(sha256));
  const parsed = v.safeParse(filesSchema, found);
  return parsed.success ? parsed.output.files : undefined;
}

/**
 * Keeps a tokenizer, its description and its files together or not at all.
 * @throws TokenoscopeError `storage-full`, `storage-refused`
 */
export async function keepStored(record: StoredTokenizer, files: readonly NamedBlob[]): Promise<void> {
  try {
    await inDatabase('readwrite', (records, contents) => {
      contents.put({ sha256: record.sha256, files });
      return records.put(record);
    });
  } catch (error) {
    throw isQuota(error) ? await storageFull(record, error) : error;
  }
}

/** Changes what is kept about a tokenizer. @throws as `keepStored` does */
export async function changeStored(record: StoredTokenizer): Promise<void> {
  await inDatabase('readwrite', (records) => records.put(record));
}

/** Forgets a tokenizer and its files. @throws TokenoscopeError `storage-refused` */
export async function removeStored(sha256: string): Promise<void> {
  await inDatabase('readwrite', (records, files) => {
    files.delete(sha256);
    return records.delete(sha256);
  });
}

/** Runs one transaction over both stores; resolves when it is on disk. */
async function inDatabase<T>(
  mode: IDBTransactionMode,
  work: (records: IDBObjectStore, files: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await open();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction([RECORDS, FILES], mode);
      const request = work(transaction.objectStore(RECORDS), transaction.objectStore(FILES));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error ?? request.error);
    });
  } catch (error) {
    throw isQuota(error) ? error : refused(error);
  } finally {
    database.close();
  }
}

async function open(): Promise<IDBDatabase> {
  try {
    return await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(DATABASE, 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore(RECORDS, { keyPath: 'sha256' });
        request.result.createObjectStore(FILES, { keyPath: 'sha256' });
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  } catch (error) {
    throw refused(error);
  }
}

function isQuota(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError';
}

function refused(cause: unknown): TokenoscopeError {
  return new TokenoscopeError(
    'storage-refused',
    'This browser refuses to keep files for this page.',
    'Private windows do that. Tokenizer files work as usual, until you close this tab.',
    { cause },
  );
}

async function storageFull({ name, size }: StoredTokenizer, cause: unknown): Promise<TokenoscopeError> {
  const megabytes = (bytes: number) => `${Math.ceil(bytes / 1e6).toLocaleString('en')} MB`;
  const { quota, usage } = await navigator.storage
    .estimate()
    .catch(() => ({ quota: undefined, usage: undefined }));
  const room =
    quota === undefined || usage === undefined
      ? ''
      : ` The browser grants this page ${megabytes(quota)}, of which ${megabytes(usage)} are taken.`;
  return new TokenoscopeError(
    'storage-full',
    `There is no room to keep ${name} (${megabytes(size)}).${room}`,
    'It works until you close this tab. Delete tokenizers that you no longer need, or free disk space, and open it again.',
    { cause },
  );
}
