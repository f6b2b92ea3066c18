/** The benchmark worker's methods. Times are milliseconds, measured in the worker. */
export type BenchApi = {
  /** Loads a tokenizer of the catalogue. */
  open: { args: { id: string }; result: { ms: number } };
  /** Encodes a text as the page's worker does, in slices. */
  round: { args: { text: string }; result: { ms: number; tokens: number } };
};
