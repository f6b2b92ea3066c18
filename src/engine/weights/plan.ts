import type { ModelDescription } from '../../core/image/manifest';
import type { Work } from '../families/checkpoint';
import type { Layout } from './layout';
import type { ReadableFile } from './listing';

/** Where a checkpoint comes from. */
export type CheckpointOrigin =
  | { readonly kind: 'hub'; readonly hub: string; readonly repository: string; readonly commit: string }
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'files' };

/** How weights are kept: as they were published, or with matrices rounded to 16 bits (half-file.ts). */
export type Precision = 'full' | 'half';

/** What is known about a checkpoint from its config.json and the header of its weights, or from its manifest. */
export interface CheckpointFacts {
  readonly name: string;
  readonly origin: CheckpointOrigin;
  readonly format: 'safetensors' | 'onnx';
  readonly family: string;
  readonly image: ModelDescription['image'];
  readonly tokens: ModelDescription['tokens'];
  readonly sampler?: ModelDescription['sampler'];
  /** Number of parameters; null where a manifest does not tell. */
  readonly parameters: number | null;
  /** Of the graphs that WebGPU runs; null where a manifest does not tell. */
  readonly multiplications: Work | null;
  /** Of the graphs that a processor runs, where these are others. */
  readonly onProcessor?: Work | undefined;
  readonly precision: Precision;
  /** Of all files, as they are kept. */
  readonly bytes: number;
  /** The text of config.json or manifest.json. */
  readonly config: string;
}

/** A file to be kept. */
export interface PlannedFile {
  readonly path: string;
  /** As it comes. */
  readonly bytes: number;
  /** Hex, where it is known beforehand. */
  readonly sha256: string | null;
  readonly from: { readonly url: string; readonly modified: string | null } | { readonly blob: ReadableFile };
  /** How it becomes a part of a safetensors file as it comes; absent where it is kept as it is. */
  readonly layout?: Layout | undefined;
}

/** What a file is called where it comes from, for messages. */
export function nameOf({ layout, path }: Pick<PlannedFile, 'layout' | 'path'>): string {
  return layout?.name ?? path;
}

/** A checkpoint that has been inspected and is not stored yet. */
export interface CheckpointPlan extends CheckpointFacts {
  /** The key of its stored bytes. */
  readonly key: string;
  /** Its id, where it is known before the content. */
  readonly id: string | null;
  /** The header of the weights in full precision, with its length; null where they are not kept as safetensors. */
  readonly header: Uint8Array | null;
  /** What `bytes` would be in half precision; null where there is nothing to round. */
  readonly halfBytes: number | null;
  readonly files: readonly PlannedFile[];
  /** Which weights were taken, where there are others as well, and these, by their paths. */
  readonly choice?: { readonly taken: string; readonly others: readonly string[] } | undefined;
  /** The same of the states of one network within the file that was taken. */
  readonly states?: CheckpointPlan['choice'];
}

/** A file that is kept. */
export interface StoredFile {
  readonly path: string;
  /** As it is kept. */
  readonly bytes: number;
  /** Of the original content: half precision does not change the name. */
  readonly sha256: string;
}

/** A checkpoint that is kept in this browser, whole and checked. */
export interface StoredCheckpoint extends CheckpointFacts {
  readonly id: string;
  readonly key: string;
  readonly files: readonly StoredFile[];
  /** When it was added, in milliseconds since 1970. */
  readonly added: number;
}

const HALF = ' half';

/** The same checkpoint, to be kept in another precision, with a key of its own. */
export function inPrecision(plan: CheckpointPlan, precision: Precision): CheckpointPlan {
  const { precision: now, halfBytes } = plan;
  if (precision === now || halfBytes === null) return plan;
  return precision === 'half'
    ? { ...plan, precision, bytes: halfBytes, key: plan.key + HALF }
    : { ...plan, precision, bytes: fullBytes(plan), key: plan.key.slice(0, -HALF.length) };
}

/** Bytes of all files as they are kept in full precision. */
export function fullBytes({ files, header }: Pick<CheckpointPlan, 'files' | 'header'>): number {
  const made = files.some(({ layout }) => layout);
  return files.reduce(
    (sum, { bytes, layout }) => sum + (layout ? layout.bytes : bytes),
    made && header ? header.length : 0,
  );
}

/** Bytes that a plan fetches or reads, in whichever precision they are kept. */
export function downloadBytes({ files }: CheckpointPlan): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** What the graphs call the file of the weights. */
export const WEIGHTS = 'model.safetensors';

/** What the parts are kept as that this file is put together from, in order; the first has the header. */
export function partPath(index: number): string {
  return index === 0 ? WEIGHTS : `${WEIGHTS}.${index + 1}`;
}

/** Whether a kept file is one of those parts. */
export function isPart(path: string): boolean {
  return path === WEIGHTS || path.startsWith(`${WEIGHTS}.`);
}
