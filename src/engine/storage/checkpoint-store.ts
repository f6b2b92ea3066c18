import * as v from 'valibot';
import { TokenoscopeError } from '../../core/errors';
import { samplerSchema } from '../../core/image/manifest';
import type { Reference } from '../image/reference';
import type { CheckpointPlan, StoredCheckpoint } from '../weights/plan';
import type { HashState } from '../weights/running-hash';

/** As anybody can write into a browser's storage, what comes out is checked. */
const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const text = v.string();
const facts = {
  key: text,
  name: text,
  origin: v.variant('kind', [
    v.object({ kind: v.literal('hub'), hub: text, repository: text, commit: text }),
    v.object({ kind: v.literal('url'), url: text }),
    v.object({ kind: v.literal('files') }),
  ]),
  format: v.picklist(['safetensors', 'onnx']),
  family: text,
  image: v.object({ width: whole, height: whole }),
  tokens: v.object({ count: whole, bits: whole, codebookSize: whole, ordered: v.boolean() }),
  sampler: v.optional(samplerSchema),
  parameters: v.nullable(v.number()),
  multiplications: v.nullable(v.object({ encode: v.number(), decode: v.number() })),
  // Records of earlier releases do not say.
  precision: v.optional(v.picklist(['full', 'half']), 'full'),
  bytes: whole,
  config: text,
};
const recordSchema = v.object({
  ...facts,
  id: text,
  files: v.array(v.object({ path: text, bytes: whole, sha256: text })),
  added: v.number(),
});
const planSchema = v.object({
  ...facts,
  id: v.nullable(text),
  header: v.optional(v.nullable(v.instance(Uint8Array)), null),
  halfBytes: v.optional(v.nullable(whole), null),
  files: v.array(
    v.object({
      path: text,
      bytes: whole,
      sha256: v.nullable(text),
      from: v.union([
        v.object({ url: text, modified: v.nullable(text) }),
        v.object({ blob: v.instance(Blob) }),
      ]),
    }),
  ),
});
const hashSchema = v.object({
  words: v.pipe(v.array(whole), v.length(8)),
  rest: v.pipe(v.instance(Uint8Array), v.maxLength(63)),
  length: whole,
});
const digestsSchema = v.object({ source: hashSchema, kept: hashSchema });
const referenceSchema = v.object({ id: text, ids: v.instance(Uint32Array), rgb: v.instance(Uint8Array) });

const DATABASE = 'tokenoscope-checkpoints';
/** Descriptions of what is whole, small: the list is read without touching a piece. */
const RECORDS = 'records';
/** Plans of what is not whole yet. */
const PLANS = 'plans';
/** Blobs under [key, path, index]. */
const PIECES = 'pieces';
const REFERENCES = 'references';
type Stores = Readonly<
  Record<typeof RECORDS | typeof PLANS | typeof PIECES | typeof REFERENCES, IDBObjectStore>
>;

/** Hashes of a file that is converted on its way: of its own content, and of what is kept of it. */
export interface Digests {
  readonly source: HashState;
  readonly kept: HashState;
}

/** A download that stopped on the way. */
export interface Unfinished {
  readonly plan: CheckpointPlan;
  /** How many of the bytes to fetch have been, roughly. */
  readonly stored: number;
}

/** Everything that is kept whole, oldest first. @throws TokenoscopeError `storage-refused` */
export async function listCheckpoints(): Promise<StoredCheckpoint[]> {
  const all: unknown[] = await transact('readonly', ({ records }) => records.getAll());
  return all.flatMap(asRecord).sort((a, b) => a.added - b.added);
}

/** @throws TokenoscopeError `storage-refused` */
export async function findCheckpoint(id: string): Promise<StoredCheckpoint | undefined> {
  return asRecord(await transact('readonly', ({ records }) => records.get(id)))[0];
}

function asRecord(value: unknown): StoredCheckpoint[] {
  const parsed = v.safeParse(recordSchema, value);
  return parsed.success ? [parsed.output] : [];
}

/** Downloads that stopped on the way. @throws TokenoscopeError `storage-refused` */
export async function listUnfinished(pieceBytes: number): Promise<Unfinished[]> {
  const all: unknown[] = await transact('readonly', ({ plans }) => plans.getAll());
  const plans = all.flatMap((one) => {
    const parsed = v.safeParse(planSchema, one);
    return parsed.success ? [parsed.output] : [];
  });
  return await Promise.all(
    plans.map(async (plan) => {
      const counts = await Promise.all(plan.files.map(({ path }) => countPieces(plan.key, path)));
      const stored = plan.files.map(({ bytes }, i) => Math.min(bytes, counts[i]! * pieceBytes));
      return { plan, stored: stored.reduce((sum, bytes) => sum + bytes, 0) };
    }),
  );
}

/** Notes that pieces are about to come: none lies here without a note of whose it is. */
export async function beginCheckpoint(plan: CheckpointPlan): Promise<void> {
  await transact('readwrite', ({ plans }) => plans.put(plan));
}

/** Declares a checkpoint whole. @throws TokenoscopeError `storage-full`, `storage-refused` */
export async function finishCheckpoint(record: StoredCheckpoint): Promise<void> {
  const before = await findCheckpoint(record.id);
  await transact('readwrite', ({ records, plans, pieces, references }) => {
    if (before && before.key !== record.key) {
      pieces.delete(allOf(before.key));
      references.delete(record.id); // the other precision's
    }
    plans.delete(record.key);
    return records.put(record);
  });
}

/** Forgets a checkpoint and all its bytes. @throws TokenoscopeError `storage-refused` */
export async function removeCheckpoint(id: string): Promise<void> {
  const known = await findCheckpoint(id);
  await transact('readwrite', ({ records, references, pieces }) => {
    if (known) pieces.delete(allOf(known.key));
    references.delete(id);
    return records.delete(id);
  });
}

/** Forgets what a download has brought. @throws TokenoscopeError `storage-refused` */
export async function removeUnfinished(key: string): Promise<void> {
  await transact('readwrite', ({ plans, pieces }) => {
    pieces.delete(allOf(key));
    return plans.delete(key);
  });
}

/** The pieces of a file, as handles, in order. @throws TokenoscopeError `storage-refused` */
export async function readPieces(key: string, path: string): Promise<Blob[]> {
  const found: unknown[] = await transact('readonly', ({ pieces }) => pieces.getAll(allOf(key, path)));
  return found.filter((piece) => piece instanceof Blob);
}

/** @throws TokenoscopeError `storage-refused` */
export function countPieces(key: string, path: string): Promise<number> {
  return transact('readonly', ({ pieces }) => pieces.count(allOf(key, path)));
}

/**
 * Stores a piece and, at once, how far the hashes of all pieces so far have come, where they are given.
 * @throws TokenoscopeError `storage-full`, `storage-refused`
 */
export async function putPiece(
  key: string,
  path: string,
  index: number,
  piece: Blob,
  digests?: Digests,
): Promise<void> {
  await transact('readwrite', ({ pieces }) => {
    if (digests) pieces.put(digests, digestsOf(key, path));
    return pieces.put(piece, [key, path, index]);
  });
}

/** Undefined where none have been stored. @throws TokenoscopeError `storage-refused` */
export async function readDigests(key: string, path: string): Promise<Digests | undefined> {
  const found: unknown = await transact('readonly', ({ pieces }) => pieces.get(digestsOf(key, path)));
  const parsed = v.safeParse(digestsSchema, found);
  return parsed.success ? parsed.output : undefined;
}

/** Forgets the pieces of a file. @throws TokenoscopeError `storage-refused` */
export async function clearPieces(key: string, path: string): Promise<void> {
  await transact('readwrite', ({ pieces }) => {
    pieces.delete(digestsOf(key, path));
    return pieces.delete(allOf(key, path));
  });
}

/** What WASM computed, for WebGPU to be checked by; undefined where it has not yet. */
export async function readReference(id: string): Promise<Reference | undefined> {
  const found = await transact('readonly', ({ references }) => references.get(id));
  const parsed = v.safeParse(referenceSchema, found);
  return parsed.success ? parsed.output : undefined;
}

/** @throws TokenoscopeError `storage-full`, `storage-refused` */
export async function putReference(id: string, reference: Reference): Promise<void> {
  await transact('readwrite', ({ references }) => references.put({ id, ...reference }));
}

/** Beside the pieces, and not among them. */
function digestsOf(key: string, path: string): string[] {
  return [key, `${path} digests`];
}

/** Every key that begins so: arrays sort behind numbers and texts. */
function allOf(...prefix: string[]): IDBKeyRange {
  return IDBKeyRange.bound(prefix, [...prefix, []]);
}

/** Runs one transaction; resolves when it is on disk. */
async function transact<T>(mode: IDBTransactionMode, work: (stores: Stores) => IDBRequest<T>): Promise<T> {
  const database = await open();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction([RECORDS, PLANS, PIECES, REFERENCES], mode);
      const request = work({
        records: transaction.objectStore(RECORDS),
        plans: transaction.objectStore(PLANS),
        pieces: transaction.objectStore(PIECES),
        references: transaction.objectStore(REFERENCES),
      });
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error ?? request.error);
    });
  } catch (error) {
    throw isQuota(error) ? await storageFull(error) : refused(error);
  } finally {
    database.close();
  }
}

async function open(): Promise<IDBDatabase> {
  try {
    return await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(DATABASE, 1);
      request.onupgradeneeded = () => {
        const { result } = request;
        result.createObjectStore(RECORDS, { keyPath: 'id' });
        result.createObjectStore(PLANS, { keyPath: 'key' });
        result.createObjectStore(PIECES);
        result.createObjectStore(REFERENCES, { keyPath: 'id' });
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  } catch (error) {
    throw isQuota(error) ? await storageFull(error) : refused(error);
  }
}

function isQuota(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError';
}

function refused(cause: unknown): TokenoscopeError {
  return new TokenoscopeError(
    'storage-refused',
    'This browser refuses to keep files for this page.',
    'Private windows do that. Open the page in an ordinary window to add checkpoints.',
    { cause },
  );
}

async function storageFull(cause: unknown): Promise<TokenoscopeError> {
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
    `There is no room to keep the rest of this checkpoint.${room}`,
    'Delete checkpoints that you no longer need, or free disk space, and go on. Nothing incomplete is ever used.',
    { cause },
  );
}
