import type { ModelDescription } from '../../core/image/manifest';
import type { BuiltModel } from '../families/checkpoint';

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
  /** Multiply-accumulates of one encoding and one decoding; null where a manifest does not tell. */
  readonly multiplications: BuiltModel['multiplications'] | null;
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
  readonly from: { readonly url: string; readonly modified: string | null } | { readonly blob: Blob };
}

/** A checkpoint that has been inspected and is not stored yet. */
export interface CheckpointPlan extends CheckpointFacts {
  /** The key of its stored bytes. */
  readonly key: string;
  /** Its id, where it is known before the content. */
  readonly id: string | null;
  /** The header of the weights with its length; null where they are not safetensors. */
  readonly header: Uint8Array | null;
  /** What `bytes` would be in half precision; null where there is nothing to round. */
  readonly halfBytes: number | null;
  readonly files: readonly PlannedFile[];
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
    : { ...plan, precision, bytes: downloadBytes(plan), key: plan.key.slice(0, -HALF.length) };
}

/** Bytes that a plan fetches or reads, in whichever precision they are kept. */
export function downloadBytes({ files }: CheckpointPlan): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** What the graphs call the file of the weights. */
export const WEIGHTS = 'model.safetensors';
