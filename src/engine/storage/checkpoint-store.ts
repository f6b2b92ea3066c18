import * as v from 'valibot';
import { builtSamplerSchema } from '../../core/image/manifest';
import type { Reference } from '../image/reference';
import type { CheckpointPlan, StoredCheckpoint } from '../weights/plan';
import type { HashState } from '../weights/running-hash';
import { allOf, transact } from './database';
import { checkpointEntry, digestsKey, referenceKey, type StoredEntry } from './entries';
import type { StorageWords } from './errors';
import { deleteEntry, entriesOf, findIn } from './library';
import { announceLibraryChange } from './library-changes';

/** Anybody can write into a browser's storage, so what is read is checked. */
const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const text = v.string();
const work = v.object({ encode: v.number(), decode: v.number() });
/** What a record and a plan have in common. */
export const facts = {
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
  tokens: v.object({
    count: whole,
    bits: whole,
    codebookSize: whole,
    ordered: v.boolean(),
    numbers: v.optional(whole),
    unused: v.optional(v.object({ id: whole, error: v.number() })),
  }),
  sampler: v.optional(builtSamplerSchema),
  parameters: v.nullable(v.number()),
  multiplications: v.nullable(work),
  onProcessor: v.optional(work),
  // Records of earlier releases lack it.
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
const hashSchema = v.object({
  words: v.pipe(v.array(whole), v.length(8)),
  rest: v.pipe(v.instance(Uint8Array), v.maxLength(63)),
  length: whole,
});
const digestsSchema = v.object({ source: hashSchema });
const referenceSchema = v.object({ ids: v.instance(Uint32Array), rgb: v.instance(Uint8Array) });

export const KIND = 'checkpoint';
export const WORDS: StorageWords = {
  what: 'the rest of this checkpoint',
  full: 'Delete checkpoints that you no longer need, or free disk space, and resume. Nothing incomplete is ever used.',
  refused: 'Private windows do that. Open the page in an ordinary window to add checkpoints.',
};

const NOTHING = new Blob([]);
/** The end of a half-precision checkpoint's key, see `inPrecision`. */
const HALF_KEY = / half$/;

/** The hash of a file's own content, as far as it has come: what is kept of it may be converted. */
export interface Digests {
  readonly source: HashState;
}

/** Every complete checkpoint, oldest first. @throws TokenoscopeError `storage-refused` */
export async function listCheckpoints(): Promise<StoredCheckpoint[]> {
  return (await entriesOf(WORDS, KIND)).flatMap(asCheckpoint);
}

/** @throws TokenoscopeError `storage-refused` */
export async function findCheckpoint(id: string): Promise<StoredCheckpoint | undefined> {
  const entry = await transact(WORDS, 'readonly', (stores) => findIn(stores, KIND, id));
  return entry && asCheckpoint(entry)[0];
}

/** Whether a complete checkpoint has its bytes under a key. @throws TokenoscopeError `storage-refused` */
export async function isKept(key: string): Promise<boolean> {
  return (await entriesOf(WORDS, KIND)).some(({ content }) => content === key);
}

/**
 * Notes that pieces are about to be stored: every stored piece has such a note. A visitor's files are not kept with
 * it, which would copy them whole: to resume, they are chosen again.
 */
export async function beginCheckpoint(plan: CheckpointPlan): Promise<void> {
  const files = plan.files.map((file) => ('blob' in file.from ? { ...file, from: { blob: NOTHING } } : file));
  await transact(WORDS, 'readwrite', ({ plans }) => plans.put({ ...plan, files }, plan.key));
}

/** Declares a checkpoint complete. @throws TokenoscopeError `storage-full`, `storage-refused` */
export async function finishCheckpoint(record: StoredCheckpoint): Promise<void> {
  await transact(WORDS, 'readwrite', async (stores) => {
    const before = await findIn(stores, KIND, record.id);
    // The other precision's bytes, with their reference result.
    if (before && before.content !== record.key) await stores.contents.delete(allOf(KIND, before.content));
    // An unfinished download of the same checkpoint, also in the other precision, is obsolete.
    const base = record.key.replace(HALF_KEY, '');
    for (const key of [base, `${base} half`]) {
      await stores.plans.delete(key);
      if (key !== record.key) await stores.contents.delete(allOf(KIND, key));
    }
    await stores.entries.put(checkpointEntry(record, Date.now()), [KIND, record.id]);
  });
  announceLibraryChange();
}

/** Forgets a checkpoint and all its bytes. @throws TokenoscopeError `storage-refused` */
export async function removeCheckpoint(id: string): Promise<void> {
  await deleteEntry(KIND, id);
}

/** Forgets what a download has brought. @throws TokenoscopeError `storage-refused` */
export async function removeUnfinished(key: string): Promise<void> {
  await transact(WORDS, 'readwrite', async ({ plans, contents }) => {
    await contents.delete(allOf(KIND, key));
    await plans.delete(key);
  });
}

/** The pieces of a file, as handles, in order. @throws TokenoscopeError `storage-refused` */
export async function readPieces(key: string, path: string): Promise<Blob[]> {
  const found = await transact(WORDS, 'readonly', ({ contents }) => contents.getAll(allOf(KIND, key, path)));
  return found.filter((piece) => piece instanceof Blob);
}

/** One of them; undefined where it is not there. @throws TokenoscopeError `storage-refused` */
export async function readPiece(key: string, path: string, index: number): Promise<Blob | undefined> {
  const piece = await transact(WORDS, 'readonly', ({ contents }) => contents.get([KIND, key, path, index]));
  return piece instanceof Blob ? piece : undefined;
}

/** @throws TokenoscopeError `storage-refused` */
export function countPieces(key: string, path: string): Promise<number> {
  return transact(WORDS, 'readonly', ({ contents }) => contents.count(allOf(KIND, key, path)));
}

/**
 * Stores a piece together with the state of the hash of all that has come so far, where it is given.
 * @throws TokenoscopeError `storage-full`, `storage-refused`
 */
export async function putPiece(
  key: string,
  path: string,
  index: number,
  piece: Blob,
  digests?: Digests,
): Promise<void> {
  await transact(WORDS, 'readwrite', async ({ contents }) => {
    if (digests) await contents.put(digests, digestsKey(key, path));
    await contents.put(piece, [KIND, key, path, index]);
  });
}

/** Undefined where none have been stored. @throws TokenoscopeError `storage-refused` */
export async function readDigests(key: string, path: string): Promise<Digests | undefined> {
  const found = await transact(WORDS, 'readonly', ({ contents }) => contents.get(digestsKey(key, path)));
  const parsed = v.safeParse(digestsSchema, found);
  return parsed.success ? parsed.output : undefined;
}

/** Forgets the pieces of a file. @throws TokenoscopeError `storage-refused` */
export async function clearPieces(key: string, path: string): Promise<void> {
  await transact(WORDS, 'readwrite', async ({ contents }) => {
    await contents.delete(digestsKey(key, path));
    await contents.delete(allOf(KIND, key, path));
  });
}

/** WASM's result, to check WebGPU against; undefined where there is none yet. */
export async function readReference(id: string): Promise<Reference | undefined> {
  const found = await transact(WORDS, 'readonly', async (stores) => {
    const entry = await findIn(stores, KIND, id);
    return entry && (await stores.contents.get(referenceKey(entry.content)));
  });
  const parsed = v.safeParse(referenceSchema, found);
  return parsed.success ? parsed.output : undefined;
}

/** Does nothing for a deleted checkpoint. @throws TokenoscopeError `storage-full`, `storage-refused` */
export async function putReference(id: string, reference: Reference): Promise<void> {
  await transact(WORDS, 'readwrite', async (stores) => {
    const entry = await findIn(stores, KIND, id);
    if (entry) await stores.contents.put(reference, referenceKey(entry.content));
  });
}

function asCheckpoint({ id, name, bytes, added, content: key, details }: StoredEntry): StoredCheckpoint[] {
  const parsed = v.safeParse(recordSchema, { ...Object(details), id, name, bytes, added, key });
  return parsed.success ? [parsed.output] : [];
}
