/** A checkpoint as it is published, in memory. */
export interface CheckpointFiles {
  /** What to call it: the folder's or repository's name. */
  readonly name: string;
  /** Parsed config.json. */
  readonly config: unknown;
  /** The bytes of model.safetensors. */
  readonly weights: Uint8Array;
}
