/** The benchmark worker's methods. Times are milliseconds, measured in the worker. */
export type CheckpointBenchApi = {
  /** Fetches a checkpoint, builds its graphs, and loads both on WASM. */
  open: { args: { url: string; name: string; threads: number }; result: { ms: number } };
  /** One encoding of a grey picture, and one decoding of all its tokens. */
  round: { args: null; result: { encode: number; decode: number } };
};
