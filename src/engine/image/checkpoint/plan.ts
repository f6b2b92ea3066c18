import type { ModelDescription } from '../../../core/image/manifest';
import type { BuiltModel } from './checkpoint';

/** Where a checkpoint comes from. */
export type CheckpointOrigin =
  | { readonly kind: 'hub'; readonly hub: string; readonly repository: string; readonly commit: string }
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'files' };

/** What is known of a checkpoint from its config.json and the header of its weights, or from its manifest. */
export interface CheckpointFacts {
  readonly name: string;
  readonly origin: CheckpointOrigin;
  readonly format: 'safetensors' | 'onnx';
  readonly family: string;
  readonly image: ModelDescription['image'];
  readonly tokens: ModelDescription['tokens'];
  /** How many numbers the weights are; null where a manifest does not say. */
  readonly parameters: number | null;
  /** Multiply-accumulates of one encoding and one decoding; null likewise. */
  readonly multiplications: BuiltModel['multiplications'] | null;
  /** Of all files. */
  readonly bytes: number;
  /** The text of config.json or manifest.json. */
  readonly config: string;
}

/** A file to be kept. */
export interface PlannedFile {
  readonly path: string;
  readonly bytes: number;
  /** Hex, where it is known beforehand. */
  readonly sha256: string | null;
  readonly from: { readonly url: string; readonly modified: string | null } | { readonly blob: Blob };
}

/** A checkpoint that has been looked at and is not kept yet. */
export interface CheckpointPlan extends CheckpointFacts {
  /** Under which its bytes are stored. */
  readonly key: string;
  /** Its id where that is known before its content is. */
  readonly id: string | null;
  readonly files: readonly PlannedFile[];
}

/** A checkpoint that is kept in this browser, whole and checked. */
export interface StoredCheckpoint extends CheckpointFacts {
  readonly id: string;
  readonly key: string;
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly sha256: string }[];
  /** When it was added, in milliseconds since 1970. */
  readonly added: number;
}

/** What the graphs call the file of the weights. */
export const WEIGHTS = 'model.safetensors';
