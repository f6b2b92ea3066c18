/** How far a golden checkpoint is from what the official code computed with it. */
export interface Difference {
  readonly ids: number;
  /** Number of ids that differ. */
  readonly wrong: number;
  /** Largest and mean difference of reconstructions from the golden ids, where 1 is the whole range. */
  readonly most: number;
  readonly mean: number;
}

/** The benchmark worker's methods. Times are milliseconds, measured in the worker. */
export type CheckpointBenchApi = {
  /** Fetches a checkpoint, builds its graphs, and loads both on WASM. */
  open: { args: { url: string; name: string; threads: number }; result: { ms: number } };
  /** One encoding of a grey picture, and one decoding of all its tokens. */
  round: { args: null; result: { encode: number; decode: number } };
  /** Compares a golden checkpoint, as published or in half precision. */
  golden: { args: { url: string; name: string; half: boolean }; result: Difference };
};
