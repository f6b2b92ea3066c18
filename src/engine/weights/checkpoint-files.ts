/** A checkpoint as it is published, in memory. */
export interface CheckpointFiles {
  /** What to call it: the folder's or repository's name. */
  readonly name: string;
  /** Parsed config.json; may be absent where the weights tell what they are of, as most official ones do. */
  readonly config?: unknown;
  /** The bytes of model.safetensors, or of a file of PyTorch (.bin, .pt, .pth, .ckpt). */
  readonly weights: Uint8Array;
}
