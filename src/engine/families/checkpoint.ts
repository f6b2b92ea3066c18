import * as v from 'valibot';
import { TokenoscopeError } from '../../core/errors';
import type { ModelDescription } from '../../core/image/manifest';
import type { FlowGraphs } from '../image/flow';
import type { StoredTensor } from '../weights/safetensors';

/** The parts of a checkpoint that its graphs are built from. */
export interface Checkpoint {
  /** What to call it: the folder's or repository's name. */
  readonly name: string;
  /** Parsed config.json. */
  readonly config: unknown;
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  /** What the graphs call the file of the tensors. */
  readonly path: string;
  /** Whether the graphs are for a processor, where convolutions as matrix products are faster; else for WebGPU. */
  readonly onProcessor?: boolean | undefined;
}

/** Multiply-accumulates of one encoding and one decoding (with all its steps, where it takes several). */
export interface Work {
  readonly encode: number;
  readonly decode: number;
}

/** A checkpoint's graphs, after the contract in manifest.ts (also for what samples); their weights stay in the file. */
export interface BuiltModel {
  readonly description: ModelDescription;
  readonly family: string;
  readonly encoder: Uint8Array;
  readonly decoder: Uint8Array;
  /** The decoder's first part, where it is in two: `ids`, `k` -> `features`, which `decoder` then takes instead. */
  readonly begin?: Uint8Array | undefined;
  /** Set where the description has a sampler. */
  readonly flow?: FlowGraphs | undefined;
  readonly parameters: number;
  /** Of these graphs: those for a processor may take fewer. */
  readonly multiplications: Work;
}

/** Image tokenizers of one architecture: a file in this folder that exports it as `family`. */
export interface CheckpointFamily {
  /** The file's name. */
  readonly id: string;
  /** What people call its models. */
  readonly names: readonly string[];
  /** Whether a checkpoint is of this family and of no other, by its config.json and the names of its tensors. */
  recognises(checkpoint: Checkpoint): boolean;
  /**
   * The config of a checkpoint that is published without one, by the shapes of its tensors, and by its repository
   * (`owner/name`, where it comes from one) where shapes do not tell; absent where neither does, undefined where the
   * tensors are not of this family.
   */
  configOf?(tensors: Checkpoint['tensors'], repository?: string): object | undefined;
  /** @throws TokenoscopeError `model-corrupt` that names the field or tensor */
  build(checkpoint: Checkpoint): BuiltModel;
}

/**
 * Reads a part of config.json.
 * @throws TokenoscopeError `model-corrupt` that names the field
 */
export function readConfig<S extends v.GenericSchema>(schema: S, config: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, config);
  if (result.success) return result.output;
  const issue = result.issues[0];
  throw new TokenoscopeError(
    'model-corrupt',
    `config.json does not fit: ${v.getDotPath(issue) ?? 'its content'}: ${issue.message}.`,
    'Use the config.json of the same repository as the weights.',
  );
}

/** The failure of a checkpoint whose tensors and config.json contradict each other. @param message ends with a stop */
export function notTogether(message: string): TokenoscopeError {
  return new TokenoscopeError(
    'model-corrupt',
    message,
    'The checkpoint and its config.json may not belong together.',
  );
}

/** How many patches lie along a side, both in pixels. @throws TokenoscopeError `model-corrupt` where they do not divide it */
export function patchesAcross(side: number, patch: number): number {
  if (side % patch === 0) return side / patch;
  throw notTogether(`Pictures of ${side} pixels do not divide into patches of ${patch}.`);
}

/**
 * What a checkpoint's graphs take and give.
 * @param side pixels along a side of the picture
 */
export function descriptionOf(
  { name }: Checkpoint,
  side: number,
  tokens: Omit<ModelDescription['tokens'], 'bits'>,
): ModelDescription {
  const id = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  return {
    id: id.replaceAll(/^-|-$/g, ''),
    label: name,
    image: { width: side, height: side },
    tokens: { ...tokens, bits: Math.max(1, Math.ceil(Math.log2(tokens.codebookSize))) },
  };
}
