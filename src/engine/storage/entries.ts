import * as v from 'valibot';
import type { StoredCheckpoint } from '../weights/plan';

/** What a visitor's browser keeps. A new kind needs a line here and a store file of its own beside the others. */
export type LibraryKind = 'tokenizer' | 'checkpoint' | 'corpus' | 'trained-tokenizer';

const KINDS = ['tokenizer', 'checkpoint', 'corpus', 'trained-tokenizer'] as const satisfies LibraryKind[];

/** Something that is kept, as a list shows it. */
export interface LibraryEntry {
  readonly kind: LibraryKind;
  /** Unique within its kind. */
  readonly id: string;
  readonly name: string;
  /** Of its files, as they are kept. */
  readonly bytes: number;
  /** Undefined where unknown. */
  readonly licence?: string | undefined;
  /** Milliseconds since 1970, as `lastUsed`. */
  readonly added: number;
  readonly lastUsed: number;
}

/** The same with what only its kind understands. */
export interface StoredEntry extends LibraryEntry {
  /** The key of its files: [kind, content, ...]. */
  readonly content: string;
  readonly details: unknown;
}

const entrySchema = v.object({
  kind: v.picklist(KINDS),
  id: v.string(),
  name: v.string(),
  bytes: v.pipe(v.number(), v.minValue(0)),
  licence: v.optional(v.string()),
  added: v.number(),
  lastUsed: v.number(),
  content: v.string(),
  details: v.unknown(),
});

/** A value of the database as a list of one entry; an empty list if it is not an entry. */
export function parseEntry(value: unknown): StoredEntry[] {
  const parsed = v.safeParse(entrySchema, value);
  return parsed.success ? [parsed.output] : [];
}

/** How a tokenizer is kept. */
export function tokenizerEntry(
  record: { readonly sha256: string; readonly name: string; readonly size: number; readonly added: number },
  lastUsed: number,
): StoredEntry {
  const { sha256, name, size, added, ...details } = record;
  return { kind: 'tokenizer', id: sha256, name, bytes: size, added, lastUsed, content: sha256, details };
}

/** How a checkpoint is kept. */
export function checkpointEntry(record: StoredCheckpoint, lastUsed: number): StoredEntry {
  const { id, name, bytes, added, key: content, ...details } = record;
  const licence = licenceOf(record);
  return { kind: 'checkpoint', id, name, bytes, licence, added, lastUsed, content, details };
}

/** Known from a manifest, not from a config.json. */
function licenceOf({ format, config }: StoredCheckpoint): string | undefined {
  if (format !== 'onnx') return undefined;
  try {
    const { licence } = JSON.parse(config) as { readonly licence?: unknown };
    return typeof licence === 'string' ? licence : undefined;
  } catch {
    return undefined;
  }
}

/** The state of the hashes of a checkpoint's file, stored beside its pieces. */
export function digestsKey(content: string, path: string): string[] {
  return ['checkpoint', content, `${path} digests`];
}

/** The key of WASM's result with a checkpoint. No file has this name. */
export function referenceKey(content: string): string[] {
  return ['checkpoint', content, ' reference'];
}
